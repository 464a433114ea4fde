import Domain
import Feeds
import Workers

/// Reads feeds on two threads: one finds the rows and prepares them, some batches ahead of the caller,
/// which does with them what depends on their order.
///
/// The batches come to the caller as they would on one thread, and so do the faults, behind all
/// rows before them; which thread did what shows in no result.
enum ReadAhead {
  /// Batches that were prepared and that the caller has not taken yet.
  private static let batchesMax = 8

  /// Nobody takes batches any more.
  private struct Abandoned: Error {}

  private struct Ending<Preparation: BatchPreparation>: Sendable {
    var preparation: Preparation
    var contents: Result<FeedContents, any Error>
  }

  /// Reads a whole feed.
  ///
  /// - Parameters:
  ///   - threads: 1 = everything on the caller's.
  ///   - preparation: Has seen all rows up to a fault when this returns or throws one of the feed's.
  ///   - identify: Called once, before the first batch, with the feed's own id if it has one.
  ///   - body: Called with each batch once it is prepared.
  /// - Throws: ``FeedRefusal``, and what the two closures throw.
  static func read<Preparation: BatchPreparation>(
    _ file: FeedFile, threads: Int, _ preparation: inout Preparation,
    identify: @escaping @Sendable (String) throws -> Void = { _ in },
    body: (inout EarningBatch) throws -> Void
  ) throws -> FeedContents {
    let pipe = Pipe<EarningBatch>(capacity: batchesMax)
    guard threads > 1,
      let reader = startReader(of: file, preparation, identify, sendingTo: pipe)
    else {
      return try FeedReading.read(file, identify: identify) { batch in
        preparation.prepare(&batch)
        try body(&batch)
      }
    }
    do {
      while var batch = pipe.receive() {
        try body(&batch)
        pipe.giveBack(batch)
      }
    } catch {
      pipe.abandon()
      _ = try? reader.join()
      throw error
    }
    let ending = try reader.join()
    preparation = ending.preparation
    return try ending.contents.get()
  }

  /// - Returns: Nil if there is no thread to be had.
  private static func startReader<Preparation: BatchPreparation>(
    of file: FeedFile, _ preparation: Preparation,
    _ identify: @escaping @Sendable (String) throws -> Void,
    sendingTo pipe: Pipe<EarningBatch>
  ) -> Worker<Ending<Preparation>>? {
    Worker.start {
      var preparation = preparation
      let contents = Result {
        try FeedReading.read(file, identify: identify) { batch in
          preparation.prepare(&batch)
          var next = pipe.takeUsed() ?? EarningBatch()
          swap(&next, &batch)
          guard pipe.send(next) else { throw Abandoned() }
        }
      }
      pipe.close()
      return Ending(preparation: preparation, contents: contents)
    }
  }
}
