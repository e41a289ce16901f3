{{- define "leitstand.selector" -}}
app.kubernetes.io/name: leitstand
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "leitstand.labels" -}}
{{ include "leitstand.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "leitstand.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}
