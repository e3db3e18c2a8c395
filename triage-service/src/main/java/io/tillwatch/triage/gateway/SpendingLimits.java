package io.tillwatch.triage.gateway;

/**
 * What may be spent on a model.
 *
 * @param callsPerRevision calls for one revision of an incident
 * @param callsPerHour calls within any hour
 * @param tokensPerHour tokens within any hour, in and out
 * @param microsPerHour money within any hour in millionths of the currency; 0 for no limit
 */
public record SpendingLimits(
    int callsPerRevision, int callsPerHour, long tokensPerHour, long microsPerHour) {}
