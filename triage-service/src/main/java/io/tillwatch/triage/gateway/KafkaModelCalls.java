package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.publish.Publisher;

/** The record on its topic. */
public final class KafkaModelCalls implements ModelCalls {

  private final Publisher publisher;
  private final Topics topics;

  public KafkaModelCalls(Publisher publisher, Topics topics) {
    this.publisher = publisher;
    this.topics = topics;
  }

  @Override
  public void append(ModelCall row) throws NotPublished {
    publisher.publish(topics.modelCalls(), row.getChain(), row);
  }
}
