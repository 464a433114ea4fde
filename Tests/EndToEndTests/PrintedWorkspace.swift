import Foundation
import TestSupport

/// Workspaces whose statements are printed.
enum PrintedWorkspace {
  /// Whether the program that draws PDFs was built: PAYOUT_PDF=0 leaves it out.
  static let canDraw: Bool = {
    guard let directory = try? Program.directory else { return false }
    return FileManager.default.isExecutableFile(
      atPath: directory.appending(path: "payout-pdf").path)
  }()

  /// A copy of the sample `csp` in these formats; 0048102 and 0048105 are English and Korean.
  static func csp(_ formats: String = "csv, pdf") throws -> URL {
    let root = try Program.workspace("csp")
    try edit(root, "payout.yaml") {
      $0.replacing("formats: [csv, xml, html]", with: "formats: [\(formats)]")
    }
    return root
  }

  static func edit(_ root: URL, _ path: String, _ change: (String) -> String) throws {
    let url = root.appending(path: path)
    let text = try String(contentsOf: url, encoding: .utf8)
    try Data(change(text).utf8).write(to: url)
  }

  /// A directory with a copy of `payout`, and beside it what a script in the place of `payout-pdf` does;
  /// nil = nothing.
  static func program(beside script: String?) throws -> URL {
    let directory = Program.temporary()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: try Program.directory.appending(path: "payout"),
      to: directory.appending(path: "payout"))
    if let script {
      let url = directory.appending(path: "payout-pdf")
      try Data("#!/bin/sh\n\(script)\n".utf8).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
    return directory
  }

  static func pdf(_ root: URL, _ name: String, period: String = "2026-10") throws -> [UInt8] {
    Array(
      try Data(
        contentsOf: root.appending(path: "outbox/\(period)/statements/\(name).pdf")))
  }
}
