package io.tillwatch.triage.model.langchain;

import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.model.Embedder;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.NoModel;
import java.util.Optional;

/** Makes the models that are asked. */
public final class Models {

  private Models() {}

  /** The model behind the gateway; one that never answers where there is none. */
  public static Model through(Optional<PromptGateway> gateway) {
    return gateway.<Model>map(LangchainModel::new).orElseGet(NoModel::new);
  }

  /** The model of vectors behind the gateway; empty where none is named. */
  public static Optional<Embedder> embedder(Optional<PromptGateway> gateway) {
    return gateway.flatMap(
        way -> way.embeddings().map(settings -> new LangchainEmbedder(way, settings)));
  }
}
