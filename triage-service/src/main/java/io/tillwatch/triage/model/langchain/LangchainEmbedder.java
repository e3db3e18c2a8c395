package io.tillwatch.triage.model.langchain;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.tillwatch.triage.gateway.Call;
import io.tillwatch.triage.gateway.EmbeddingSettings;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.WireFormat;
import io.tillwatch.triage.model.Embedder;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.model.Prompt.Purpose;
import java.util.List;
import java.util.Map;

/** A model of vectors behind the gateway. Thread-safe. */
final class LangchainEmbedder implements Embedder {

  private final PromptGateway gateway;
  private final EmbeddingSettings settings;

  LangchainEmbedder(PromptGateway gateway, EmbeddingSettings settings) {
    this.gateway = gateway;
    this.settings = settings;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    GatewayHttp http =
        new GatewayHttp(
            gateway, WireFormat.EMBEDDINGS, new Call(Purpose.EMBEDDING, "", Map.of(), 0));
    List<float[]> vectors = vectors(http, texts);
    long lengths = vectors.stream().mapToInt(vector -> vector.length).distinct().count();
    if (vectors.size() != texts.size() || lengths != 1) {
      throw new ModelFailure(
          Reason.UNREADABLE,
          "%d vectors of %d lengths, expected %d of one"
              .formatted(vectors.size(), lengths, texts.size()));
    }
    return vectors;
  }

  private List<float[]> vectors(GatewayHttp http, List<String> texts) {
    EmbeddingModel model = Chats.vectors(settings, texts.size(), http);
    try {
      return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
          .map(Embedding::vector)
          .toList();
    } catch (RuntimeException wrapped) {
      throw http.why("texts that cannot be written");
    }
  }
}
