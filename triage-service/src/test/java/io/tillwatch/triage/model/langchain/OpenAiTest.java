package io.tillwatch.triage.model.langchain;

import io.tillwatch.triage.gateway.Vendor;
import java.util.Map;

class OpenAiTest extends VendorContract {

  @Override
  Vendor vendor() {
    return Vendor.OPENAI;
  }

  @Override
  String path() {
    return "/chat/completions";
  }

  @Override
  Map<String, String> login() {
    return Map.of("authorization", "Bearer ");
  }

  @Override
  String answer(String text) {
    return completion("{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text), "stop");
  }

  @Override
  String wish() {
    return completion(
        """
        {"role":"assistant","content":null,"tool_calls":[{"id":"call_9hT2xQ7vLmP4sR1kZ8wB3nCy",
         "type":"function","function":{"name":"cells","arguments":"{\\"psp\\":\\"northpay\\"}"}}]}
        """,
        "tool_calls");
  }

  private static String completion(String message, String finish) {
    return """
    {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion",
     "created":1741569952,"model":"test-model-2025-04-14",
     "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],
     "usage":{"prompt_tokens":42,"completion_tokens":11,"total_tokens":53},
     "system_fingerprint":"fp_44709d6fcb"}
    """
        .formatted(message, finish);
  }
}
