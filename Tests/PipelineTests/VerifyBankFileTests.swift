import Testing

@testable import Pipeline

@Suite("Bank files as verify reads them")
struct VerifyBankFileTests {
  @Test(
    "say what does not hold in them",
    arguments: [
      ("pain.001.001.09", "<NbOfTxs>1</NbOfTxs>\n<NbOfTxs>2</NbOfTxs>\n", "payments"),
      ("pain.001.001.09", "<InstdAmt Ccy=\"EUR\">1.00</InstdAmt>\n", "no id"),
      ("NACHA CCD", "6220000\n", "94 characters"),
      (
        "NACHA CCD",
        "9" + String(repeating: "0", count: 53) + "1" + String(repeating: " ", count: 39), "sum"
      ),
      ("CSV", "paymentId,currency,totalPayment\r\nPAY-1,EUR\r\n", "values"),
    ])
  func faults(format: String, text: String, fault: String) {
    #expect(VerifyBankFile(Array(text.utf8), format: format).fault?.contains(fault) == true)
  }
}
