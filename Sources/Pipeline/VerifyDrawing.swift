import ByteStreams
import Domain
import Ledger

/// Draws closed periods again, from the archive and the copies that were kept, and compares every
/// byte with what was published.
///
/// But for PDFs: how letters look is in the fonts of a machine, and may change with them. That they are
/// what was published is proved by their digests, and what stands in them by the statements as CSV.
struct VerifyDrawing {
  let ledger: Ledger
  let paths: WorkspacePaths

  /// Draws a period into the directory for temporary files, which is emptied again.
  ///
  /// - Throws: ``FileError`` if it cannot be drawn there.
  func check(_ close: LedgerClosing, _ report: inout VerifyReport) throws {
    let period = close.period
    do {
      let (directory, isSame) = try ClosedPeriod(period: period, ledger: ledger, paths: paths)
        .draw(final: paths.scratch + "/" + period.text, drawsPages: false)
      defer { directory.discard() }
      try compare(directory, period, &report)
      if !isSame {
        report.add(
          .redraw, paths.outbox(period),
          "drawn again, the manifest of the close has another"
            + " digest: archive, ledger/closed or ledger/segments were changed", .report)
      }
      report.periods.append(period)
    } catch let failure as RunFailure {
      add(failure, period, &report)
    } catch let fault as LedgerFault {
      add(RunFailure(fault), period, &report)
    } catch let fault as KeySegmentFault {
      add(RunFailure(fault), period, &report)
    } catch let error as FileError where !error.path.hasPrefix(paths.scratch) {
      add(RunFailure(error), period, &report)
    }
  }

  private func add(_ failure: RunFailure, _ period: Period, _ report: inout VerifyReport) {
    // Nothing is wrong with what was kept.
    if PDFProgram.isMissing(failure) {
      return report.add(
        .redraw, paths.outbox(period),
        "its PDFs are not there, and cannot be drawn again: the program payout-pdf is not beside"
          + " payout", .addPDFProgram(period))
    }
    report.add(
      .redraw, paths.outbox(period), "it cannot be drawn again: \(failure.message)", .report)
    for finding in failure.findings.prefix(20) {
      let place = finding.line.map { "\(finding.feed):\($0)" } ?? finding.feed
      report.add(
        .redraw, paths.closed(period) + "/" + place, finding.message,
        .restore(paths.closed(period)))
    }
  }

  private func compare(
    _ directory: StagedDirectory, _ period: Period, _ report: inout VerifyReport
  ) throws {
    let outbox = paths.outbox(period)
    var published = Set(try VerifyFiles.list(outbox))
    try VerifyReports.compare(directory, outbox, &published, &report)
    for output in directory.outputs where !VerifyReports.isReport(output.path) {
      let path = outbox + "/" + output.path
      guard published.remove(output.path) != nil else {
        report.add(.redraw, path, "the file is missing", .close(period))
        continue
      }
      if directory.isNoted(output.path) { continue }
      guard try SHA256Digest.ofFile(path).0 != output.digest else { continue }
      let place = try VerifyFiles.firstDifference(
        path, directory.staging + "/" + output.path)
      report.add(.redraw, path, "drawn again, it has other bytes \(place)", .close(period))
    }
    for path in published.sorted() {
      report.add(.redraw, outbox + "/" + path, "the close wrote no such file", .close(period))
    }
    report.count(.redraw, directory.outputs.count, period: period)
  }
}
