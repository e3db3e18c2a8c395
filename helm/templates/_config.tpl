{{- /* Settings both roles share, as a nested map in YAML. */ -}}
{{- define "tillwatch.config.shared" -}}
kafka:
  bootstrap-servers: {{ .Values.kafka.bootstrapServers | quote }}
  security-protocol: {{ .Values.kafka.securityProtocol }}
  {{- with .Values.kafka.sasl }}
  {{- if .mechanism }}
  sasl-mechanism: {{ .mechanism }}
  {{- if .jaasKey }}
  sasl-jaas-file: /etc/tillwatch/kafka-sasl/{{ .jaasKey }}
  {{- else if .existingSecret }}
  sasl-password-file: /etc/tillwatch/kafka-sasl/{{ .passwordKey }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- range $store, $tls := .Values.kafka.tls }}
  {{- if $tls.existingSecret }}
  tls-{{ $store }}: /etc/tillwatch/kafka-{{ $store }}/{{ $tls.key }}
  tls-{{ $store }}-type: {{ $tls.type }}
  {{- if $tls.passwordKey }}
  tls-{{ $store }}-password-file: /etc/tillwatch/kafka-{{ $store }}/{{ $tls.passwordKey }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- with .Values.kafka.client }}
  client:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- with .Values.schemaRegistry }}
{{- if .url }}
schemas:
  registry:
    url: {{ .url | quote }}
    {{- if .existingSecret }}
    {{- if .usernameKey }}
    password-file: /etc/tillwatch/schema-registry/{{ .passwordKey }}
    {{- else }}
    token-file: /etc/tillwatch/schema-registry/{{ .tokenKey }}
    {{- end }}
    {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Where people reach our pages: what incidents link to. */ -}}
{{- define "tillwatch.pages" -}}
{{- if .Values.ingress.enabled -}}
{{ ternary "https" "http" (ne .Values.ingress.tlsSecret "") }}://{{ .Values.ingress.host }}
{{- else -}}
http://{{ include "tillwatch.fullname" . }}-triage.{{ .Release.Namespace }}.svc:{{ .Values.service.port }}
{{- end }}
{{- end }}

{{- /* Where the model is; nothing when none is asked. */ -}}
{{- define "tillwatch.model.url" -}}
{{- $own := dict "openai" "https://api.openai.com" "anthropic" "https://api.anthropic.com" "ollama" "http://localhost:11434" -}}
{{- $vendor := (.Values.model).vendor | default "none" -}}
{{- if ne $vendor "none" -}}
{{ .Values.model.url | default (get $own $vendor) }}
{{- end }}
{{- end }}

{{- /* What the chart knows about a role. */ -}}
{{- define "tillwatch.config.topology" -}}
topology:
  host: 0.0.0.0
  port: 8080
  state-dir: /var/lib/tillwatch
  standby-replicas: {{ .Values.topology.standbyReplicas }}
{{- with .Values.rules }}
watch:
  rules:
    {{- range $file, $text := . }}
    - /etc/tillwatch/rules/{{ $file }}
    {{- end }}
{{- end }}
{{- if .Values.deadLetterHashKey.existingSecret }}
ingest:
  dead-letter-hash-key-file: /etc/tillwatch/dead-letters/{{ .Values.deadLetterHashKey.key }}
{{- end }}
{{- end }}

{{- define "tillwatch.config.triage" -}}
triage:
  host: 0.0.0.0
  port: 8080
  state-dir: /var/lib/tillwatch
  standby-replicas: {{ .Values.triage.standbyReplicas }}
  links:
    tillwatch: {{ include "tillwatch.pages" . }}
  {{- with .Values.rules }}
  rules:
    {{- range $file, $text := . }}
    - /etc/tillwatch/rules/{{ $file }}
    {{- end }}
  {{- end }}
  {{- if .Values.documents }}
  documents:
    - /etc/tillwatch/documents
  {{- end }}
  {{- if .Values.deadLetterHashKey.existingSecret }}
  dead-letter-hash-key-file: /etc/tillwatch/dead-letters/{{ .Values.deadLetterHashKey.key }}
  {{- end }}
  {{- /* Values of an older chart have none of it. */ -}}
  {{- if (.Values.apiToken).existingSecret }}
  api:
    token-file: /etc/tillwatch/api-token/{{ .Values.apiToken.key | default "token" }}
  {{- end }}
  {{- if ne (include "tillwatch.model.url" .) "" }}
  {{- with .Values.model }}
  model:
    vendor: {{ .vendor }}
    name: {{ .name | quote }}
    {{- with .url }}
    url: {{ . | quote }}
    {{- end }}
    {{- if .existingSecret }}
    {{- with .apiKeyKey }}
    api-key-file: /etc/tillwatch/model/{{ . }}
    {{- end }}
    {{- with .policyKeyKey }}
    policy-key-file: /etc/tillwatch/model/{{ . }}
    {{- end }}
    {{- with .othersTokenKey }}
    others:
      token-file: /etc/tillwatch/model/{{ . }}
    {{- end }}
    {{- end }}
  {{- end }}
  {{- end }}
{{- end }}

{{- /* The settings file of a role: shared, its own, and above both what the values add. */ -}}
{{- define "tillwatch.config.role" -}}
{{- $shared := include "tillwatch.config.shared" .root | fromYaml -}}
{{- $own := include (printf "tillwatch.config.%s" .role) .root | fromYaml -}}
{{- $added := index .root.Values .role "config" -}}
{{- toYaml (mustMergeOverwrite $shared $own (deepCopy $added)) }}
{{- end }}
