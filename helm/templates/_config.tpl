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

{{- /* Settings of one role: shared ones, its own, and above both what the values add. */ -}}
{{- define "tillwatch.config.role" -}}
{{- $values := index .root.Values .role -}}
{{- $config := include "tillwatch.config.shared" .root | fromYaml -}}
{{- $own := dict "standby-replicas" $values.standbyReplicas -}}
{{- $config = mustMergeOverwrite $config (dict .role $own) $values.config -}}
{{- toYaml $config }}
{{- end }}
