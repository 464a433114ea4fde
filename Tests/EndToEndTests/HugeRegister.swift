import Foundation

/// A workspace with many partners that each have one earning.
enum HugeRegister {
  static func write(_ count: Int, _ workspace: ReportWorkspace) throws {
    let root = workspace.root
    func rows(_ header: String, _ row: (Int) -> String) -> Data {
      var text = header + "\r\n"
      for number in 0..<count { text += row(number) + "\r\n" }
      return Data(text.utf8)
    }
    func id(_ number: Int) -> String { "P\(String(number + 100_000).dropFirst())" }
    let registry = root.appending(path: "registry")
    for name in ["agreements", "competencies", "enrollments", "tax-profiles", "payment-profiles"] {
      let url = registry.appending(path: name + ".csv")
      let lines = try String(contentsOf: url, encoding: .utf8)
        .split(whereSeparator: \.isNewline).map(String.init)
      let first = lines.count > 1 ? lines[1...].map { $0.drop { $0 != "," } } : []
      var text = lines[0] + "\r\n"
      for number in 0..<count { for line in first { text += id(number) + line + "\r\n" } }
      try Data(text.utf8).write(to: url)
    }
    let partners = try String(
      contentsOf: registry.appending(path: "partners.csv"), encoding: .utf8
    ).split(whereSeparator: \.isNewline).map(String.init)
    let rest = partners[1].drop { $0 != "," }
    try rows(partners[0]) { id($0) + rest }.write(to: registry.appending(path: "partners.csv"))
    try Data("userId,name,email,role,participantId,programName\r\n".utf8).write(
      to: registry.appending(path: "users.csv"))
    let sample = Program.root.appending(path: "samples/carried-threshold/2026-10/inbox")
    let feeds = try Program.files(sample)
    let feed = String(decoding: feeds.values.first ?? Data(), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
    let columns = feed[0].split(separator: ",").map(String.init)
    let values = feed[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    try FileManager.default.createDirectory(
      at: root.appending(path: "inbox"), withIntermediateDirectories: true)
    try rows(feed[0]) { number in
      zip(columns, values).map { column, value in
        switch column {
        case "earningId": "E\(number)"
        case "participantId": id(number)
        case "transactionAmount": "\(1000 + number * 7 % 90_001).25"
        default: value
        }
      }.joined(separator: ",")
    }.write(to: root.appending(path: "inbox/many.csv"))
  }
}
