import ByteStreams
package import Domain
package import Reports

/// Writes the documents of findings.
package enum FindingOutput {
  /// Writes a document piece by piece.
  ///
  /// - Throws: ``RunFailure``; what `sink` throws is one, or becomes one.
  package static func write(
    _ report: FindingReport, as format: FindingFormat, to sink: @escaping ([UInt8]) throws -> Void
  ) throws(RunFailure) {
    do {
      try format.write(report, columns: { CharacterColumnReader.read(report) }, to: sink)
    } catch {
      throw RunFailure(error)
    }
  }

  /// Writes a file that becomes visible as a whole; only its owner may read it.
  ///
  /// - Parameter body: Gets the place to write to.
  /// - Throws: ``RunFailure``; what stood at `path` is then as it was.
  package static func writeFile(
    _ path: String, _ body: (@escaping ([UInt8]) throws -> Void) throws -> Void
  ) throws(RunFailure) {
    do {
      var bytes: [UInt8] = []
      try body { bytes += $0 }
      try FileSystem.writeFileAtomically(path, bytes)
    } catch {
      throw RunFailure(error)
    }
  }
}

extension FindingReport {
  /// What a command has to say that ended without doing its work.
  ///
  /// - Parameter root: The workspace, if one is meant.
  package init(_ failure: RunFailure, root: String?) {
    self.init(failure.findings) { file in
      guard let root, FileSystem.kind(root + "/" + file) != .missing else {
        return ReportPath.shown(file)
      }
      return ReportPath.shown(root + "/" + file)
    }
    self.failure = failure.message
    exitCode = failure.code.rawValue
  }
}

/// Paths as a reader of a report looks for them.
enum ReportPath {
  /// Relative to the working directory where the file is in it, as code scanning wants it; else as
  /// it was given.
  static func shown(_ path: String) -> String {
    guard let here = FileSystem.resolve("."),
      let parent = FileSystem.resolve(FileSystem.parent(of: path))
    else { return path }
    let whole = (parent == "/" ? "" : parent) + "/" + FileSystem.name(of: path)
    let prefix = here == "/" ? "/" : here + "/"
    return whole.hasPrefix(prefix) ? String(whole.dropFirst(prefix.count)) : path
  }
}
