import ByteStreams
import Domain
import PrintBlocks

/// Draws statements as PDF in other processes, while the next ones are being worked out.
///
/// Two of them at most: there is nothing to gain where the calculation is slower than both.
final class PDFWorkers {
  private final class Worker {
    let process: ChildProcess
    /// The file whose PDF it is drawing.
    var path: String?

    init(_ process: ChildProcess) { self.process = process }
  }

  private static let countMax = 2
  /// A page takes milliseconds, and the longest statement that may be asked for minutes.
  private static let secondsMax = 600

  private var workers: [Worker] = []
  private var next = 0
  /// Characters that became boxes, by file: no installed font has them.
  private(set) var missingGlyphs: [(path: String, count: Int)] = []

  /// Has a document drawn; its file is written at the latest by ``finish(_:)``.
  ///
  /// - Throws: ``RunFailure`` with code 74; ``FileError``.
  func draw(_ document: PrintDocument, to path: String, in directory: StagedDirectory) throws {
    let worker = try free(directory)
    let message = document.bytes
    guard message.count <= FrameStream.bytesMax else {
      throw RunFailure(.inputOutput, "\(path) would be too large to be drawn")
    }
    worker.path = path
    do throws(FrameFault) {
      try worker.process.send(message, within: PDFWorkers.secondsMax)
    } catch {
      throw failure(worker, error)
    }
  }

  /// Writes what is still being drawn, and ends the processes.
  ///
  /// - Throws: ``RunFailure`` with code 74; ``FileError``.
  func finish(_ directory: StagedDirectory) throws {
    for worker in workers { try collect(worker, directory) }
    workers = []
    missingGlyphs.sort { precedesInBytes($0.path, $1.path) }
  }

  /// A process that has nothing to do: a new one, or the one that has been at work longest, once it has
  /// answered.
  private func free(_ directory: StagedDirectory) throws -> Worker {
    if workers.count < PDFWorkers.countMax {
      let worker = Worker(try PDFProgram.start())
      workers.append(worker)
      return worker
    }
    let worker = workers[next]
    next = (next + 1) % workers.count
    try collect(worker, directory)
    return worker
  }

  private func collect(_ worker: Worker, _ directory: StagedDirectory) throws {
    guard let path = worker.path else { return }
    let answer: PrintAnswer
    do {
      answer = try PrintAnswer(worker.process.receive(within: PDFWorkers.secondsMax))
    } catch {
      throw failure(worker, error)
    }
    worker.path = nil
    switch answer {
    case .pdf(let bytes, let missing):
      try directory.write(path, bytes)
      if missing > 0 { missingGlyphs.append((path, missing)) }
    case .failed(let reason):
      throw RunFailure(
        .inputOutput, "\(path) could not be drawn: \(SafeText.shown(reason)); nothing was published"
      )
    }
  }

  private func failure(_ worker: Worker, _ error: any Error) -> RunFailure {
    let ended = worker.process.end()
    let how = ended.map { "it ended with \($0)" } ?? PDFWorkers.words(error)
    return RunFailure(
      .inputOutput,
      "\(worker.path ?? "a statement") could not be drawn by payout-pdf: \(how); nothing was"
        + " published")
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case let fault as FrameFault: fault.description
    case PrintFault.otherVersion: "it is of another version"
    default: "its answer cannot be read"
    }
  }
}
