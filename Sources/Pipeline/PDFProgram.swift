import ByteStreams
import Domain

/// The program that draws PDFs.
enum PDFProgram {
  private static let name = "payout-pdf"
  /// What it may know of our environment: where its libraries and fonts are.
  private static let variables = ["LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH"]

  /// Where it is: beside this program.
  static var path: String? {
    guard let own = FileSystem.resolve("/proc/self/exe") else { return nil }
    let path = FileSystem.parent(of: own) + "/" + name
    return FileSystem.kind(path) == .file ? path : nil
  }

  /// Makes sure that it is there if a workspace asks for PDFs.
  ///
  /// - Throws: ``RunFailure`` with code 78.
  static func require(_ configuration: Configuration) throws(RunFailure) {
    if configuration.formats.contains("pdf"), path == nil { throw missing }
  }

  private static var missing: RunFailure {
    RunFailure(
      .configuration, "statements cannot be drawn as PDF: nothing done", findings: [missingFinding])
  }

  private static let missingFinding = Finding(
    .X901, feed: "payout.yaml", field: "formats", value: "pdf",
    message: "the format pdf needs the program \(name) beside payout, and it is not there",
    remedy: "Build payout without PAYOUT_PDF=0 and keep both programs in one directory"
      + " (docs/statements.md), or take pdf out of formats.")

  /// Whether a failure says that the program is not there, and so nothing of what was to be drawn.
  static func isMissing(_ failure: RunFailure) -> Bool { failure.findings == [missingFinding] }

  /// Starts it.
  ///
  /// - Throws: ``RunFailure`` with code 74, with 78 where there is no such program.
  static func start() throws(RunFailure) -> ChildProcess {
    guard let path else { throw missing }
    // A crash is reported by us; the report that Swift's runtime writes would take seconds.
    let environment = ["SWIFT_BACKTRACE=enable=no"] + ChildProcess.environment(of: variables)
    do throws(FileError) {
      return try ChildProcess(executable: path, environment: environment)
    } catch {
      throw RunFailure(.inputOutput, error.description)
    }
  }
}
