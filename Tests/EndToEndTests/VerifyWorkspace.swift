import Foundation
import Testing

/// The sample `csp` with its first period closed and a draft of the second one.
enum VerifyWorkspace {
  /// Made once; each test changes a copy.
  private static let original = Result { try make() }

  /// An expectation that failed elsewhere would count as reported, and the test as passed.
  private struct NotMade: Error {
    var reason: String
  }

  static func copy() throws -> URL {
    let copy = Program.temporary()
    switch original {
    case .success(let made): try FileManager.default.copyItem(at: made, to: copy)
    case .failure(let error): throw NotMade(reason: "\(error)")
    }
    return copy
  }

  /// Gives November the exchange rates of October.
  static func addRates(_ root: URL) throws {
    try edit(root, "exchange-rates.csv") { text in
      text
        + text.split(separator: "\n").dropFirst().map {
          $0.replacing("2026-10,", with: "2026-11,") + "\n"
        }.joined()
    }
  }

  private static func make() throws -> URL {
    let root = try Program.workspace("csp")
    atexit { if case .success(let made) = VerifyWorkspace.original { Program.remove(made) } }
    try addRates(root)
    try run(root, ["run"])
    try run(root, ["close", "2026-10"])
    try Data(november.utf8).write(to: root.appending(path: "inbox/november.csv"))
    try Data(#"{"rows": 3, "totals": {"EUR": "1200.00"}}"#.utf8).write(
      to: root.appending(path: "inbox/november.csv.control.json"))
    try run(root, ["run"])
    return root
  }

  /// A late row, a refund of a closed period's sale, and a row of a partner that nobody knows.
  private static let november = """
    earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount,\
    solutionArea,relatedEarningId
    N-1,0048101,CSP Direct Bill Partner,2026-10-30,EUR,900.00,Azure,
    N-2,0048101,CSP Direct Bill Partner,2026-11-02,EUR,-200.00,Azure,D-1001
    N-3,unknown,CSP Direct Bill Partner,2026-11-03,EUR,500.00,Azure,

    """

  static func run(_ root: URL, _ arguments: [String]) throws {
    let result = try Program.run(arguments + ["--workspace", root.path, "--quiet"])
    try #require(result.code == 0 || result.code == 1, "\(arguments): \(result.talk)")
  }

  /// Changes the text of a file.
  static func edit(_ root: URL, _ path: String, _ change: (String) -> String) throws {
    let url = root.appending(path: path)
    let text = try String(contentsOf: url, encoding: .utf8)
    let changed = change(text)
    try #require(changed != text, "\(path) has changed")
    try Data(changed.utf8).write(to: url)
  }

  /// Changes one byte of a file, in its middle or at an offset.
  static func flip(_ root: URL, _ path: String, at offset: Int? = nil) throws {
    let url = root.appending(path: path)
    var bytes = try Data(contentsOf: url)
    let place = offset ?? bytes.count / 2
    try #require(place < bytes.count)
    bytes[place] ^= 0x01
    try bytes.write(to: url)
  }

  static func remove(_ root: URL, _ path: String) throws {
    try FileManager.default.removeItem(at: root.appending(path: path))
  }
}
