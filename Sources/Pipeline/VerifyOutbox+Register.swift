import ByteStreams
import Domain

/// Whether the register adds up, to its payments and to what `run.json` says; and the buckets.
extension VerifyOutbox {
  mutating func checkRegister(_ report: inout VerifyReport) throws {
    let path = directory + "/register.csv"
    guard let bytes = try read(path) else { return }
    do {
      let read = try VerifyRegister(bytes, period: period.text)
      for fault in read.faults {
        report.add(.register, "\(path):\(fault.line)", fault.what, remedy)
      }
      report.count(.register, read.rows.count, period: period)
      register = read
    } catch {
      report.add(.register, "\(path):\(error.record)", error.reason, remedy)
    }
  }

  func checkPayments(_ manifest: WrittenManifest, _ report: inout VerifyReport) {
    guard let register else { return }
    let path = directory + "/run.json"
    let paid = register.paid
    let said = manifest.paid.mapValues { VerifyAmount.millionths(Array($0.utf8)[...]) }
    for currency in Set(paid.keys).union(said.keys).sorted()
    where paid[currency] != said[currency] ?? nil {
      report.add(
        .payments, path,
        "the register pays \(VerifyAmount.text(paid[currency] ?? 0)) \(SafeText.shown(currency)),"
          + " paid says \(SafeText.shown(manifest.paid[currency] ?? "nothing"))", remedy)
    }
    let ids = register.rows.values.map(\.paymentId).filter { !$0.isEmpty }
    if Set(ids).count != ids.count {
      report.add(.payments, path, "two payments have one paymentId", remedy)
    }
    let held = register.rows.values.count { $0.status == "On hold" }
    if ids.count != manifest.payments || held != manifest.holds {
      report.add(
        .payments, path,
        "the register has \(ids.count) payments and \(held) holds, run.json says"
          + " \(manifest.payments) and \(manifest.holds)", remedy)
    }
    report.count(.payments, ids.count, period: period)
  }

  func checkBuckets(_ manifest: WrittenManifest, _ report: inout VerifyReport) throws {
    let path = directory + "/buckets.csv"
    guard let bytes = try read(path) else { return }
    do {
      let written = try VerifyBuckets(csv: bytes, period: period.text)
      let rows = written.rowsByBucket
      for bucket in Bucket.allCases where rows[bucket.name] ?? 0 != manifest.rows[bucket.name] ?? 0
      {
        report.add(
          .buckets, path,
          "\(rows[bucket.name] ?? 0) rows are \(bucket.name), run.json says"
            + " \(manifest.rows[bucket.name] ?? 0)", remedy)
      }
      guard let buckets else { return }
      for difference in buckets.differences(from: written) {
        report.add(.buckets, path, difference, remedy)
      }
    } catch {
      report.add(.buckets, "\(path):\(error.record)", error.reason, remedy)
    }
  }
}
