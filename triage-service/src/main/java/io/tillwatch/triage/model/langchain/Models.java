package io.tillwatch.triage.model.langchain;

import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.NoModel;
import java.util.Optional;

/** Makes the model that is asked. */
public final class Models {

  private Models() {}

  /** The model behind the gateway; one that never answers where there is none. */
  public static Model through(Optional<PromptGateway> gateway) {
    return gateway.<Model>map(LangchainModel::new).orElseGet(NoModel::new);
  }
}
