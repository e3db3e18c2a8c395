package io.tillwatch.triage.model.langchain;

import io.tillwatch.triage.gateway.Vendor;
import java.util.Map;

class AnthropicTest extends VendorContract {

  @Override
  Vendor vendor() {
    return Vendor.ANTHROPIC;
  }

  @Override
  String path() {
    return "/messages";
  }

  @Override
  Map<String, String> login() {
    return Map.of("x-api-key", "");
  }

  @Override
  String answer(String text) {
    return message("{\"type\":\"text\",\"text\":\"%s\"}".formatted(text), "end_turn");
  }

  @Override
  String wish() {
    return message(
        """
        {"type":"tool_use","id":"toolu_01A09q90qw90lq917835lq9","name":"cells",
         "input":{"psp":"northpay"}}
        """,
        "tool_use");
  }

  private static String message(String content, String stop) {
    return """
    {"id":"msg_01XFDUDYJgAACzvnptvVoYEL","type":"message","role":"assistant",
     "model":"test-model","content":[%s],"stop_reason":"%s","stop_sequence":null,
     "usage":{"input_tokens":42,"output_tokens":11}}
    """
        .formatted(content, stop);
  }
}
