import Foundation

/// PDFs as a reader sees them, by the programs of poppler-utils.
package enum Poppler {
  /// A program that failed.
  struct Failed: Error {
    let program: String
    let code: Int32
  }

  /// The text of a PDF as it stands on its pages, with a form feed behind each.
  package static func text(of pdf: [UInt8]) throws -> String {
    try run("pdftotext", ["-layout", "-enc", "UTF-8"], pdf, ["-"])
  }

  /// What `pdfinfo` says of a PDF, by its names.
  package static func facts(of pdf: [UInt8]) throws -> [String: String] {
    var facts: [String: String] = [:]
    for line in try run("pdfinfo", [], pdf, []).split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      facts[String(line[..<colon])] = line[line.index(after: colon)...]
        .trimmingCharacters(in: .whitespaces)
    }
    return facts
  }

  private static func run(
    _ program: String, _ options: [String], _ pdf: [UInt8], _ output: [String]
  ) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "payout-test-\(UUID().uuidString).pdf")
    try Data(pdf).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/\(program)")
    process.arguments = options + [file.path] + output
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(program: program, code: process.terminationStatus)
    }
    return String(decoding: data, as: UTF8.self)
  }
}
