import Banking
import Testing

@Suite("Reasons for which payments come back")
struct ReturnReasonTests {
  @Test(
    "hold the profile where the next payment would come back as well",
    arguments: [
      ("AC04", true), ("ac01", true), ("BE04", true), ("MS03", true), ("FRAD", true),
      ("AM05", true), ("TM01", false), ("AM10", false), ("", true), ("X9", true),
    ])
  func holds(code: String, holds: Bool) {
    #expect(ReturnReason(code).holdsProfile == holds)
  }

  @Test("say what they mean, and what to do")
  func words() {
    #expect(ReturnReason("AC04").text == "AC04 (the account is closed)")
    #expect(ReturnReason("").text == "the bank gives no reason")
    #expect(ReturnReason("X9").text == "X9 (a code of the bank's own)")
    for code in ReturnReason.codes { #expect(!ReturnReason(code).remedy.isEmpty) }
    #expect(ReturnReason.codes.count == 42)
  }
}
