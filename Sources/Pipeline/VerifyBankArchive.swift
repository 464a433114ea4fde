import ByteStreams
import Domain
import Ledger

/// Compares the files of banks that are kept with their digests.
struct VerifyBankArchive {
  let ledger: Ledger
  let paths: WorkspacePaths

  /// - Throws: What the ledger throws.
  func check(_ report: inout VerifyReport) throws {
    let files = try ledger.bankFiles()
    if files.isEmpty { return }
    report.count(.archive, files.count)
    for file in files {
      let path = paths.archived(file)
      do throws(FileError) {
        let digest = try SHA256Digest.ofFile(path).0
        guard digest != file.digest else { continue }
        report.add(
          .archive, path, "its digest is \(digest.hex), and \(file.digest.hex) was reconciled",
          .restore(path))
      } catch {
        report.add(.archive, path, error.description, .restore(path))
      }
    }
  }
}
