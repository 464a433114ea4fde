import ByteStreams
import Domain

/// Looks at the reports of an output directory, whose digests stand in a file beside them.
enum VerifyReports {
  private static let files = Set(
    ReportKind.allCases.flatMap(\.files) + [PeriodReports.digests])

  static func isReport(_ path: String) -> Bool { files.contains(path) }

  /// What is wrong with the reports that `run.json` names: the file, and a sentence without its full
  /// stop.
  static func faults(
    _ manifest: WrittenManifest, _ directory: String
  ) -> [(path: String, what: String)] {
    guard let reports = manifest.reports, !reports.isEmpty else { return [] }
    guard let digests = PeriodReports.readDigests(directory) else {
      return [(PeriodReports.digests, "the file is missing, or cannot be read")]
    }
    return reports.compactMap { path in
      guard let sha256 = digests[path] else {
        return (path, "\(PeriodReports.digests) does not list the file")
      }
      return fault(directory + "/" + path, sha256).map { (path, $0) }
    }
  }

  private static func fault(_ path: String, _ sha256: String) -> String? {
    if FileSystem.kind(path) == .missing { return "the file is missing" }
    do throws(FileError) {
      let found = try SHA256Digest.ofFile(path).0.hex
      return found == sha256 ? nil : "its digest is \(found), and \(sha256) was written"
    } catch {
      return error.description
    }
  }

  /// Compares reports that were drawn again with those that were published, by their digests; what
  /// differs is noted, as the program or a library may draw them otherwise by now.
  ///
  /// - Parameter published: The files of the directory that nobody has looked at; the reports are
  ///   taken out.
  /// - Throws: ``FileError``.
  static func compare(
    _ drawn: StagedDirectory, _ outbox: String, _ published: inout Set<String>,
    _ report: inout VerifyReport
  ) throws {
    let written = PeriodReports.readDigests(outbox) ?? [:]
    for output in drawn.outputs where isReport(output.path) {
      guard published.remove(output.path) != nil, let digest = written[output.path],
        digest != output.digest.hex
      else { continue }
      report.notes.append(
        "\(SafeText.escaped(outbox + "/" + output.path)) is not what this program draws: another"
          + " version of it, or of a library, has drawn it")
    }
  }
}
