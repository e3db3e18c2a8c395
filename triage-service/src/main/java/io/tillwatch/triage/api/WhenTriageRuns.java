package io.tillwatch.triage.api;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks beans that exist only where the triage role runs: roles may share one process. */
@Requires(property = "tillwatch.triage.enabled", value = "true")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface WhenTriageRuns {}
