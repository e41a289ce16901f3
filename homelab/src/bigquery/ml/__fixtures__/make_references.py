"""Writes references.json: the same models and metrics by other implementations.

Run with scikit-learn 1.9 and statsmodels 0.15:  python make_references.py > references.json
The homelab's objective is sum(loss) + l2/2 |w|^2 + l1 |w|_1 over standardised numbers (sample deviation), with half the
squared error as the loss of a regression; one-hot columns are not standardised.
"""

import json

import numpy as np
import statsmodels.api as sm
from sklearn import metrics
from sklearn.datasets import load_iris
from sklearn.linear_model import Lasso, LogisticRegression, Ridge


def standardised(columns):
    matrix = np.array(columns, dtype=float)
    return (matrix - matrix.mean(axis=0)) / matrix.std(axis=0, ddof=1)


def one_hot(values):
    categories = sorted(set(values))
    return categories, np.array([[float(value == category) for category in categories] for value in values])


def regression_metrics(expected, predicted):
    return {
        "mean_absolute_error": metrics.mean_absolute_error(expected, predicted),
        "mean_squared_error": metrics.mean_squared_error(expected, predicted),
        "mean_squared_log_error": metrics.mean_squared_log_error(expected, predicted),
        "median_absolute_error": metrics.median_absolute_error(expected, predicted),
        "r2_score": metrics.r2_score(expected, predicted),
        "explained_variance": metrics.explained_variance_score(expected, predicted),
    }


def classification_metrics(expected, model, matrix):
    predicted, probabilities = model.predict(matrix), model.predict_proba(matrix)
    is_binary = len(model.classes_) == 2
    average = {"average": "macro"} if not is_binary else {"pos_label": model.classes_[1]}
    area = (
        metrics.roc_auc_score(expected == model.classes_[1], probabilities[:, 1])
        if is_binary
        else metrics.roc_auc_score(expected, probabilities, multi_class="ovr", average="macro")
    )
    return {
        "precision": metrics.precision_score(expected, predicted, **average),
        "recall": metrics.recall_score(expected, predicted, **average),
        "accuracy": metrics.accuracy_score(expected, predicted),
        "f1_score": metrics.f1_score(expected, predicted, **average),
        "log_loss": metrics.log_loss(expected, probabilities),
        "roc_auc": area,
    }


def logistic(**options):
    return LogisticRegression(tol=1e-13, max_iter=100_000, solver="newton-cg", **options)


iris = load_iris()
sepals = iris.data[:, :2]
species = np.array([iris.target_names[index] for index in iris.target])


def iris_multiclass():
    """Three classes, l2 = 1."""
    matrix = standardised(sepals)
    model = logistic(C=1.0).fit(matrix, species)
    return {
        "columns": {"sepal_length": "FLOAT", "sepal_width": "FLOAT", "species": "STRING"},
        "rows": [[*row, label] for row, label in zip(sepals.tolist(), species.tolist())],
        "weights": model.coef_.tolist(),
        "intercepts": model.intercept_.tolist(),
        "probabilities": model.predict_proba(matrix)[:5].tolist(),
        "confusion": metrics.confusion_matrix(species, model.predict(matrix)).tolist(),
        "evaluate": classification_metrics(species, model, matrix),
    }


def iris_balanced():
    """Ten virginica among thirty versicolor, a category beside numbers, balanced classes, l2 = 2."""
    chosen = [*range(50, 80), *range(100, 110)]
    is_virginica = iris.target[chosen] == 2
    width = ["wide" if value > 3.0 else "narrow" if value < 2.7 else "medium" for value in iris.data[chosen, 1]]
    categories, columns = one_hot(width)
    numbers = iris.data[chosen][:, :1]
    matrix = np.hstack([standardised(numbers), columns])
    model = logistic(C=0.5, class_weight="balanced").fit(matrix, is_virginica)
    return {
        "columns": {"sepal_length": "FLOAT", "width": "STRING", "is_virginica": "BOOLEAN"},
        "rows": [[*row, word, bool(label)] for row, word, label in zip(numbers.tolist(), width, is_virginica)],
        "categories": categories,
        "weights": model.coef_.tolist(),
        "intercepts": model.intercept_.tolist(),
        "evaluate": classification_metrics(is_virginica, model, matrix),
    }


longley = sm.datasets.longley.load_pandas().data
longley_names = ["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"]
longley_matrix = standardised(longley[longley_names].values)
employment = longley["TOTEMP"].values


def longley_regularised(model, **more):
    model.fit(longley_matrix, employment)
    predicted = model.predict(longley_matrix)
    return {
        "weights": [model.coef_.tolist()],
        "intercepts": [float(model.intercept_)],
        "evaluate": regression_metrics(employment, predicted),
        **more,
    }


def spector():
    """The logit of Spector and Mazzeo (1980), without any penalty."""
    data = sm.datasets.spector.load_pandas().data
    names = ["GPA", "TUCE", "PSI"]
    fit = sm.Logit(data["GRADE"], sm.add_constant(data[names])).fit(disp=0, tol=1e-14, maxiter=100)
    matrix, grades = data[names].values, data["GRADE"].astype(int).values
    probabilities = fit.predict(sm.add_constant(data[names]))
    return {
        "columns": {"GPA": "FLOAT", "TUCE": "FLOAT", "PSI": "FLOAT", "GRADE": "INTEGER"},
        "rows": [[*row, int(grade)] for row, grade in zip(matrix.tolist(), grades)],
        "raw": {name: float(value) for name, value in fit.params.items()},
        "log_loss": metrics.log_loss(grades, probabilities),
        "roc_auc": metrics.roc_auc_score(grades, probabilities),
    }


print(
    json.dumps(
        {
            "longley": {
                "columns": {name: "FLOAT" for name in [*longley_names, "TOTEMP"]},
                "rows": longley[[*longley_names, "TOTEMP"]].values.tolist(),
                "ridge": longley_regularised(Ridge(alpha=3.0, solver="svd"), l2=3),
                "lasso": longley_regularised(Lasso(alpha=50.0, tol=1e-14, max_iter=1_000_000), l1=50 * 16),
            },
            "spector": spector(),
            "irisMulticlass": iris_multiclass(),
            "irisBalanced": iris_balanced(),
        },
        indent=1,
    )
)
