import ByteStreams
import Domain
import Ledger

/// Whether the files are those that `run.json` lists, and the inputs those that it names.
extension VerifyOutbox {
  func checkFiles(_ manifest: WrittenManifest, _ report: inout VerifyReport) throws {
    var found = Set(try VerifyFiles.list(directory))
    found.remove("run.json")
    for output in manifest.outputs {
      found.remove(output.path)
      let path = directory + "/" + output.path
      if let fault = VerifyFiles.fault(path, sha256: output.sha256, bytes: output.bytes) {
        report.add(.files, path, fault, remedy)
      }
    }
    found.subtract(manifest.reportFiles)
    for (path, what) in VerifyReports.faults(manifest, directory) {
      report.add(.files, directory + "/" + path, what, remedy)
    }
    for path in found.sorted() {
      report.add(.files, directory + "/" + path, "run.json does not list the file", remedy)
    }
    report.count(
      .files, manifest.outputs.count + manifest.reportFiles.count, period: period)
  }

  /// Of a closed period the copies that were kept; of a draft, whether it is up to date.
  func checkInputs(_ manifest: WrittenManifest, _ report: inout VerifyReport) throws {
    guard close != nil else {
      for input in manifest.inputs where fault(input, in: paths.root) != nil {
        report.notes.append(
          "\(SafeText.escaped(input.path)) has changed since the draft of \(period.text) was drawn")
      }
      return
    }
    let base = paths.closed(period)
    let faults =
      try ledger.map { try KeptCopies(paths: paths, ledger: $0).faults(of: period) } ?? []
    for fault in faults {
      let path = base + "/" + fault.path
      report.add(.copies, path, fault.what, fault.isExtra ? .remove(path) : .restore(path))
    }
    let known = Set(faults.map(\.path))
    for input in manifest.inputs where !known.contains(input.path) {
      guard let what = fault(input, in: base) else { continue }
      report.add(.copies, base + "/" + input.path, what, .restore(base + "/" + input.path))
    }
    report.count(.copies, manifest.inputs.count, period: period)
  }

  private func fault(_ input: WrittenManifest.File, in directory: String) -> String? {
    VerifyFiles.fault(directory + "/" + input.path, sha256: input.sha256, bytes: input.bytes)
  }
}
