// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/commandline.h"
#include "app/ctl/console.h"
#include "core/domain/enrichment.h"
#include "core/domain/job.h"
#include "core/domain/jobfilter.h"
#include "core/service/session.h"

namespace queuedeck::ctl {

/// A command's result: kDone, kWorkFailed, or why it could not start or continue.
using Done = tl::expected<int, Failure>;

/// The context of every command.
struct Context
{
    Console& console;
    QString address; ///< empty: the embedded database
    bool readOnly = false;
    QString connection = {}; ///< the name of the saved one that was chosen; empty: none
    bool isSavedReadOnly = false;
};

enum class Access { Read, Change, Create };

/// The context on a saved connection: its address, and read-only if it is saved so. The name was
/// typed, so nothing is asked.
tl::expected<void, Failure> chooseConnection(Context& context, const QString& name);

/// Whether the command may change something; if not, why.
tl::expected<void, Failure> mayChange(const Context& context);

/// Opens the database. The embedded one is created if it does not exist; one with an address is
/// created only by `init`, and otherwise counts as unreachable.
tl::expected<std::shared_ptr<service::Session>, Failure> openSession(const Context& context,
                                                                     Access access);

/// Has the session deal with pictures as the environment and these options say.
base::Status choosePictures(service::Session& session, Console& console, const Pictures& given);
/// If Claude reads them, says what that has cost today, and why it does not work if so.
void noteReader(service::Session& session, Console& console);
/// Says how many pending jobs are left alone because of where their pictures are, if any.
void noteUnread(service::Session& session, Console& console);

/// What a job of customer_enrichment found, field by field, before and after.
void printEnrichment(Console& console, const domain::Enrichment& enrichment);
/// What a pending job of that type waits for; empty if it can be run.
QString waitsForAKey(service::Session& session, const domain::Job& job);
/// Says if pending jobs of that type were left alone, and why.
void noteUnenriched(service::Session& session, Console& console);

/// The error in `text`, with a caret below its position.
Failure failureAt(const QString& text, const domain::TextError& wrong);
/// The filter of a saved view, a preset or one of this database.
tl::expected<QString, Failure> viewQuery(const QString& name, const service::Session& session);

/// Parses a filter.
tl::expected<domain::JobFilter, Failure> parseFilter(const QString& text);
/// The options --status and --type (empty: not given) and --where as one filter.
tl::expected<domain::JobFilter, Failure> filterOf(const QString& status, const QString& type,
                                                  const QString& where);

/// In a sentence, why a failed job failed: see domain::whyItFailed. Empty for any other job, and
/// where that cannot be read.
QString whyItFailed(service::Session& session, const domain::Job& job);

Done run(Context& context, const Init& init);
Done run(Context& context, const Enqueue& enqueue);
Done run(Context& context, const List& list);
Done run(Context& context, const Views& views);
Done run(Context& context, const Export& command);
Done run(Context& context, const Show& show);
Done run(Context& context, const Stats& stats);
Done run(Context& context, const Change& change);
Done run(Context& context, const CleanUp& cleanUp);
Done run(Context& context, const Undo& undo);
Done run(Context& context, const Redo& redo);
Done run(Context& context, const Resume& resume);
Done run(Context& context, const Forget& forget);
Done run(Context& context, const Journal& journal);
Done run(Context& context, const Doctor& doctor);
Done run(Context& context, const Errors& errors);
Done run(Context& context, const Watch& watch);
Done run(Context& context, const PrintSql& print);
Done run(Context& context, const Process& process);
Done run(Context& context, const Scan& scan);
Done run(Context& context, const MakeReport& command);
Done run(Context& context, const Reports& command);
Done run(Context& context, const Import& import);
Done run(Context& context, const Serve& serve);
Done run(Context& context, const Handlers& handlers);
Done run(Context& context, const Trigger& trigger);
Done run(Context& context, const RemoteStatus& status);
Done run(Context& context, const Key& key);
Done run(Context& context, const WriteSchedule& schedule);

} // namespace queuedeck::ctl
