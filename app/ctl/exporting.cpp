// SPDX-License-Identifier: GPL-3.0-or-later
// export: jobs as CSV, lines of JSON or a workbook.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/endsignals.h"
#include "core/service/exportservice.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::ExportChoice;
using domain::ExportFormat;

namespace {
ExportFormat formatOf(const Export& command)
{
    if (const auto format = domain::exportFormatFrom(command.format))
        return *format;
    const QString name = command.out.endsWith(".gz"_L1) ? command.out.chopped(3) : command.out;
    return domain::exportFormatFrom(name.section(u'.', -1).toLower()).value_or(ExportFormat::Csv);
}

// Places that are columns, and what is masked beside them.
base::Result<QVector<domain::ExportPath>> pathsOf(const Export& command)
{
    QVector<domain::ExportPath> paths;
    for (const QString& text : command.paths) {
        const auto path = domain::exportPathFrom(text);
        if (!path)
            return path.error();
        paths += *path;
    }
    for (const QString& text : command.masks) {
        const auto mask = domain::exportMaskFrom(text);
        if (!mask)
            return mask.error();
        const auto found =
            std::find_if(paths.begin(), paths.end(),
                         [&](const domain::ExportPath& path) { return path.path == mask->path; });
        if (found != paths.end() && found->masking == domain::Masking::AsStored)
            found->masking = mask->masking;
        else if (command.paths.isEmpty() || found != paths.end())
            paths += *mask;
        else
            return base::fail(base::ErrorKind::Invalid,
                              base::Sentence::tr("payload.%1 is masked but is none of the places "
                                                 "given by --path.")
                                  .arg(mask->path));
    }
    return paths;
}

base::Result<ExportChoice> choiceOf(const Export& command)
{
    ExportChoice choice;
    choice.format = formatOf(command);
    if (!command.columns.isEmpty()) {
        const auto columns = domain::exportColumnsFrom(command.columns.split(u','));
        if (!columns)
            return columns.error();
        choice.columns = *columns;
    }
    const auto paths = pathsOf(command);
    if (!paths)
        return paths.error();
    choice.paths = *paths;
    choice.payload =
        command.paths.isEmpty() ? ExportChoice::Payload::Whole : ExportChoice::Payload::Paths;
    if (!command.zone.isEmpty())
        choice.zone =
            command.zone == "local"_L1 ? QTimeZone::systemTimeZoneId() : command.zone.toUtf8();
    choice.times = command.plainTimes ? ExportChoice::Times::Plain : ExportChoice::Times::Iso;
    choice.hasBom = command.bom;
    choice.isCompressed = command.gzip || command.out.endsWith(".gz"_L1);
    if (const base::Status valid = domain::checkExport(choice); !valid)
        return valid.error();
    return choice;
}

base::Result<domain::ExportReport> written(Console& console, service::ExportService& exports,
                                           const service::ExportService::Request& request)
{
    const app::EndSignals stop;
    const bool isFile = !request.file.isEmpty();
    auto report = await(exports.write(request, stop.token(), [&console, isFile](qint64 jobs) {
        if (isFile)
            console.progress(u"%L1 jobs"_s.arg(jobs));
    }));
    console.endProgress();
    return report;
}

// What somebody who reads the file has to know.
void noteFaults(Console& console, const domain::ExportReport& report)
{
    if (report.cut > 0)
        console.note(u"%L1 texts were longer than a cell may be and were cut."_s.arg(report.cut));
    if (report.unread > 0)
        console.note(
            u"%L1 payloads are no JSON object and were hidden, since nothing in them could be masked."_s
                .arg(report.unread));
}
} // namespace

Done run(Context& context, const Export& command)
{
    const auto filter = parseFilter(command.where);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto choice = choiceOf(command);
    if (!choice)
        return tl::unexpected(Failure(choice.error()));
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    service::ExportService::Request request;
    request.scope.filter = *filter;
    request.choice = *choice;
    request.file = command.out;
    request.mayReplace = command.force;
    request.stream = [&console = context.console](const QByteArray& bytes) -> base::Status {
        console.data(bytes);
        if (console.flush())
            return {};
        return base::fail(base::ErrorKind::Internal,
                          base::Sentence::tr("Standard output cannot be written."));
    };
    const auto report = written(context.console, (*session)->exports(), request);
    if (!report) {
        Failure failure(report.error());
        if (failure.error.kind == base::ErrorKind::Cancelled)
            failure.code = kWorkFailed;
        return tl::unexpected(failure);
    }
    noteFaults(context.console, *report);
    if (command.out.isEmpty())
        return kDone;
    if (context.console.isJson())
        context.console.json({{u"jobs"_s, report->jobs},
                              {u"bytes"_s, report->bytes},
                              {u"cut"_s, report->cut},
                              {u"hidden"_s, report->unread},
                              {u"path"_s, command.out}});
    else
        context.console.line(report->jobs == 1
                                 ? u"1 job in %1"_s.arg(command.out)
                                 : u"%L1 jobs in %2"_s.arg(report->jobs).arg(command.out));
    return kDone;
}

} // namespace queuedeck::ctl
