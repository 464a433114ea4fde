import Domain
import Reports
import Testing

@Suite("errors.csv")
struct ErrorsCSVTests {
  @Test("columns, and values neutralised")
  func rows() {
    var errors = ErrorsCSV()
    var finding = Finding(
      .R203, feed: "a.csv", line: 3, column: 17, byteOffset: 90, field: "transactionAmount",
      value: "=1,0", message: "no decimal", remedy: "Write 1.0")
    finding.earningId = "-E"
    finding.participantId = "007"
    errors.add(finding)
    errors.add(Finding(.F117, feed: "b.csv", message: "m", remedy: "r"))
    #expect(
      String(decoding: errors.bytes, as: UTF8.self).split(separator: "\r\n") == [
        "feed,line,column,byteOffset,earningId,participantId,field,value,code,severity,message,"
          + "remedy",
        "a.csv,3,17,90,'-E,007,transactionAmount,\"'=1,0\",R203,error,no decimal,Write 1.0",
        "b.csv,,,,,,,,F117,warning,m,r",
      ])
  }
}
