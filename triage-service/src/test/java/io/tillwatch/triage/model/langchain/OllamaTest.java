package io.tillwatch.triage.model.langchain;

import io.tillwatch.triage.gateway.Vendor;
import java.util.Map;

class OllamaTest extends VendorContract {

  @Override
  Vendor vendor() {
    return Vendor.OLLAMA;
  }

  @Override
  String path() {
    return "/api/chat";
  }

  @Override
  Map<String, String> login() {
    return Map.of("authorization", "Bearer ");
  }

  @Override
  String answer(String text) {
    return chat("{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text));
  }

  @Override
  String wish() {
    return chat(
        """
        {"role":"assistant","content":"","tool_calls":[
         {"function":{"name":"cells","arguments":{"psp":"northpay"}}}]}
        """);
  }

  private static String chat(String message) {
    return """
    {"model":"test-model","created_at":"2026-11-18T03:04:00.000000Z","message":%s,
     "done_reason":"stop","done":true,"total_duration":4883583458,"load_duration":1334875,
     "prompt_eval_count":42,"prompt_eval_duration":342546000,"eval_count":11,
     "eval_duration":4535599000}
    """
        .formatted(message);
  }
}
