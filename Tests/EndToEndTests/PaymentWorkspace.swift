import Foundation
import Testing

/// The sample `payments`, and users with keys who may approve.
struct PaymentWorkspace {
  let root: URL

  /// - Parameters:
  ///   - change: Makes the workspace another one before it is run and closed.
  ///   - code: The exit code of the close.
  init(
    closedBy user: String = "carol", _ change: (URL) throws -> Void = { _ in },
    expecting code: Int32 = 0
  ) throws {
    root = try Program.workspace("payments/workspace")
    try change(root)
    try expect(0, ["run", "--quiet"])
    try expect(code, ["close", "2026-11", "--user", user, "--quiet"])
  }

  var payments: URL { root.appending(path: "payments/2026-11") }

  /// Everything below `payments/<period>`, by name.
  func files() throws -> [String: Data] {
    guard FileManager.default.fileExists(atPath: payments.path) else { return [:] }
    return try Program.files(payments)
  }

  @discardableResult
  func run(_ arguments: [String]) throws -> Program.Result {
    try Program.run(arguments + ["--workspace", root.path])
  }

  /// Runs a command that has to end with an exit code.
  @discardableResult
  func expect(_ code: Int32, _ arguments: [String]) throws -> Program.Result {
    let result = try run(arguments)
    #expect(result.code == code, "\(arguments): \(result.output)\(result.talk)")
    return result
  }

  func remove() { Program.remove(root) }

  // MARK: Approvers

  /// Private keys as openssl writes them, of seeds that are one byte again and again, and the public
  /// keys that openssl makes of them.
  static let keys: [String: (secret: String, open: String)] = [
    "ann": (
      "MC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
      "MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="
    ),
    "bob": (
      "MC4CAQAwBQYDK2VwBCIEIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC",
      "MCowBQYDK2VwAyEAgTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5Q="
    ),
    "carol": (
      "MC4CAQAwBQYDK2VwBCIEIAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD",
      "MCowBQYDK2VwAyEA7UkoxijRwsbq6QM4kFmVYSlZJzpcY/k2NsFGFKyHN9E="
    ),
  ]

  /// Asks for approvals of a workspace that is not closed yet.
  static func ask(_ approvals: Int, _ root: URL) throws {
    try append("approvals: \(approvals)\n", root, "payout.yaml")
    let rows = keys.sorted { $0.key < $1.key }.map { "\($0.key),,\($0.value.open)\n" }
    try Data(("userId,name,publicKey\n" + rows.joined()).utf8).write(
      to: root.appending(path: "registry/approvers.csv"))
    for (user, key) in keys {
      let pem = "-----BEGIN PRIVATE KEY-----\n\(key.secret)\n-----END PRIVATE KEY-----\n"
      try Data(pem.utf8).write(to: root.appending(path: "\(user).pem"))
    }
  }

  static func append(_ text: String, _ root: URL, _ path: String) throws {
    let url = root.appending(path: path)
    let old = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    try Data((old + text).utf8).write(to: url)
  }

  @discardableResult
  func approve(_ code: Int32, _ user: String, key: String? = nil) throws -> Program.Result {
    try expect(
      code,
      ["approve", "2026-11", "--user", user, "--key", root.path + "/\(key ?? user).pem"])
  }

  var approvals: URL { root.appending(path: "approvals/2026-11") }
}
