{{- /* Secrets a pod of a role mounts: name of the folder and Secret, one per line. */ -}}
{{- define "tillwatch.secrets" -}}
{{- $role := .role }}
{{- with .root }}
{{- if and (eq $role "triage") (.Values.apiToken).existingSecret }}
api-token: {{ .Values.apiToken.existingSecret }}
{{- end }}
{{- if and (eq $role "triage") (ne (include "tillwatch.model.url" .) "") .Values.model.existingSecret }}
model: {{ .Values.model.existingSecret }}
{{- end }}
{{- with .Values.kafka.sasl.existingSecret }}
kafka-sasl: {{ . }}
{{- end }}
{{- with .Values.kafka.tls.truststore.existingSecret }}
kafka-truststore: {{ . }}
{{- end }}
{{- with .Values.kafka.tls.keystore.existingSecret }}
kafka-keystore: {{ . }}
{{- end }}
{{- with .Values.deadLetterHashKey.existingSecret }}
dead-letters: {{ . }}
{{- end }}
{{- with .Values.schemaRegistry }}
{{- if and .url .existingSecret }}
schema-registry: {{ .existingSecret }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* User names are no files: variables, from the Secrets. */ -}}
{{- define "tillwatch.env.logins" -}}
{{- with .Values.kafka.sasl }}
{{- if and .mechanism .existingSecret (not .jaasKey) -}}
- name: TILLWATCH_KAFKA_SASL_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .usernameKey }}
{{- end }}
{{- end }}
{{- with .Values.schemaRegistry }}
{{- if and .url .existingSecret .usernameKey }}
- name: TILLWATCH_SCHEMAS_REGISTRY_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .usernameKey }}
{{- end }}
{{- end }}
{{- end }}

{{- define "tillwatch.affinity.soft" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "tillwatch.role.selector" . | nindent 12 }}
{{- end }}

{{- /* A probe of ours: none of them asks Kafka, or its outage would restart us all. */ -}}
{{- define "tillwatch.probes" -}}
startupProbe:
  httpGet: {path: /health/liveness, port: http}
  periodSeconds: 5
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health/liveness, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /health/readiness, port: http}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 3
{{- end }}
