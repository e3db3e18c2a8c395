{{- /* Names and labels. A role is "topology" or "triage"; its context is dict "root" $ "role" role. */ -}}

{{- define "tillwatch.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "tillwatch.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "tillwatch.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "tillwatch.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* What selects all our pods: it never changes, because a StatefulSet's selector cannot. */ -}}
{{- define "tillwatch.selector" -}}
app.kubernetes.io/name: {{ include "tillwatch.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tillwatch.labels" -}}
{{ include "tillwatch.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: tillwatch
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "tillwatch.role.name" -}}
{{ include "tillwatch.fullname" .root }}-{{ .role }}
{{- end }}

{{- define "tillwatch.role.selector" -}}
{{ include "tillwatch.selector" .root }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- define "tillwatch.role.labels" -}}
{{ include "tillwatch.labels" .root }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- define "tillwatch.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}
{{- end }}

{{- /* Port of a URL: as written, or what its scheme means. */ -}}
{{- define "tillwatch.portOf" -}}
{{- $url := urlParse . -}}
{{- if regexMatch ":[0-9]+$" $url.host -}}
{{ regexFind "[0-9]+$" $url.host }}
{{- else -}}
{{ ternary 443 80 (eq $url.scheme "https") }}
{{- end }}
{{- end }}

{{- /* Ports that brokers are reached at, one per line. */ -}}
{{- define "tillwatch.kafkaPorts" -}}
{{- if .Values.networkPolicy.kafka.ports -}}
{{- range .Values.networkPolicy.kafka.ports }}
{{ . }}
{{- end }}
{{- else -}}
{{- $ports := list -}}
{{- range splitList "," .Values.kafka.bootstrapServers -}}
{{- $ports = append $ports (regexFind "[0-9]+$" (trim .)) -}}
{{- end -}}
{{- range uniq $ports }}
{{ . }}
{{- end }}
{{- end }}
{{- end }}
