package io.tillwatch.triage.api;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.hook.HookSettings;
import io.tillwatch.triage.publish.Publisher;

/**
 * How what comes in over HTTP gets onto a topic, and who may send it.
 *
 * @param topics where it goes
 * @param publisher how it gets there
 * @param tenant whose payments it is about
 * @param token what whoever writes has to know; not set, only this machine may write
 * @param loopback whether the server can be reached from this machine only
 * @param hooks whose webhooks are listened to
 */
public record Writing(
    Topics topics,
    Publisher publisher,
    String tenant,
    Secret token,
    boolean loopback,
    HookSettings hooks) {}
