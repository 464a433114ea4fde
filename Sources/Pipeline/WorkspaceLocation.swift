import ByteStreams
import Workspace

/// Finds the workspace that is meant where none is named.
package enum WorkspaceLocation {
  /// The directory that somebody named.
  ///
  /// - Throws: ``RunFailure`` with code 66 if there is none.
  package static func named(_ directory: String) throws(RunFailure) -> String {
    if FileSystem.isDirectory(directory) { return directory }
    throw RunFailure(.noInput, "the workspace \(directory) does not exist, or is no directory")
  }

  /// The nearest directory upward with a payout.yaml: from a file's own directory, or from here.
  package static func nearest(to file: String? = nil) -> String? {
    let start = file.map { FileSystem.parent(of: $0) } ?? "."
    return WorkspaceLoader.locate(from: start) ?? WorkspaceLoader.locate(from: ".")
  }
}
