import type { Route, ServiceContext, ServiceReply, ServiceRequest } from './ImageService';

interface Todo {
  id: number;
  title: string;
  isDone: boolean;
}

interface TodoList {
  lastId: number;
  todos: Map<number, Todo>;
}

const notFound: ServiceReply = { status: 404, body: { error: 'there is no such todo' } };

function listOf(context: ServiceContext): TodoList {
  return context.shared('todos', () => ({
    lastId: 2,
    todos: new Map([
      [1, { id: 1, title: 'water the plants', isDone: true }],
      [2, { id: 2, title: 'roll back the backend', isDone: false }],
    ]),
  }));
}

function readTodo(body: unknown, before: Todo): Todo | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { title = before.title, isDone = before.isDone } = body as Partial<Todo>;
  const isValid =
    typeof title === 'string' && title.trim() !== '' && title.length <= 200 && typeof isDone === 'boolean';
  return isValid ? { id: before.id, title, isDone } : undefined;
}

function save(request: ServiceRequest, context: ServiceContext, before: Todo): ServiceReply {
  const list = listOf(context);
  const todo = readTodo(request.body, before);
  if (!todo) return { status: 400, body: { error: 'a todo needs a title of 1 to 200 characters' } };
  const isNew = !list.todos.has(todo.id);
  list.todos.set(todo.id, todo);
  list.lastId = Math.max(list.lastId, todo.id);
  return { status: isNew ? 201 : 200, body: todo };
}

/** The todo backend's API; its todos are in the namespace's database, which forgets them when the homelab ends. */
export const todoRoutes: Route[] = [
  { path: /^\/api\/todos$/, answer: (_request, context) => ({ body: [...listOf(context).todos.values()] }) },
  {
    method: 'POST',
    path: /^\/api\/todos$/,
    answer: (request, context) => save(request, context, { id: listOf(context).lastId + 1, title: '', isDone: false }),
  },
  {
    method: 'PUT',
    path: /^\/api\/todos\/(\d+)$/,
    answer: (request, context) => {
      const before = listOf(context).todos.get(Number(request.groups[0]));
      return before ? save(request, context, before) : notFound;
    },
  },
  {
    method: 'DELETE',
    path: /^\/api\/todos\/(\d+)$/,
    answer: (request, context) =>
      listOf(context).todos.delete(Number(request.groups[0])) ? { status: 204, body: '' } : notFound,
  },
  {
    path: /^\/api\/todos-count$/,
    since: 'v1.1.0',
    answer: (_request, context) => ({ body: { count: listOf(context).todos.size } }),
  },
];
