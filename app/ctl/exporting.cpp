// SPDX-License-Identifier: GPL-3.0-or-later
// export: jobs as CSV or as lines of JSON.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/endsignals.h"
#include "core/base/wholefile.h"
#include "core/service/jobservice.h"
#include "core/tabular/csvfield.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::WholeFile;

namespace {
constexpr int kPage = 500;

const QStringList kColumns{u"id"_s,        u"type"_s,        u"status"_s, u"attempts"_s,
                           u"createdAt"_s, u"completedAt"_s, u"error"_s,  u"payload"_s};

QString isoTime(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QByteArray csvLine(const domain::JobContent& content)
{
    using tabular::csvText;
    const domain::Job& job = content.job;
    return QStringList{
               csvText(job.id.value),  csvText(job.type),
               csvText(job.rawStatus), job.attempts ? QString::number(*job.attempts) : QString(),
               isoTime(job.createdAt), isoTime(job.completedAt),
               csvText(job.error),     csvText(QString::fromUtf8(content.payload))}
               .join(u',')
               .toUtf8() +
           "\r\n";
}

/// Where the lines go: a file that appears when it is whole, or standard output.
class Target
{
public:
    Target(Console& console, const Export& command)
        : m_console(console)
        , m_command(command)
    {
    }

    base::Status begin()
    {
        if (m_command.out.isEmpty())
            return {};
        if (const base::Status free = WholeFile::check(m_command.out, m_command.force); !free)
            return free.error();
        auto file = WholeFile::begin(m_command.out);
        if (!file)
            return file.error();
        m_file = std::move(*file);
        return {};
    }

    base::Status add(const QByteArray& lines)
    {
        if (m_file)
            return m_file->add(lines);
        m_console.data(lines);
        return m_console.flush()
                   ? base::Status()
                   : base::fail(base::ErrorKind::Internal,
                                base::Sentence::tr("Standard output cannot be written."));
    }

    base::Status finish()
    {
        if (!m_file)
            return {};
        if (const base::Status done = m_file->finish(WholeFile::Readers::Owner); !done)
            return done.error();
        return m_file->publish(m_command.force);
    }

private:
    Console& m_console;
    const Export& m_command;
    std::unique_ptr<WholeFile> m_file;
};

class Exporting
{
public:
    Exporting(Context& context, service::JobService& jobs, const Export& command)
        : m_console(context.console)
        , m_jobs(jobs)
        , m_isCsv(command.format == "csv"_L1)
        , m_target(context.console, command)
    {
    }

    base::Result<qint64> run(const domain::JobFilter& filter)
    {
        if (const base::Status begun = m_target.begin(); !begun)
            return begun.error();
        if (m_isCsv) {
            if (const base::Status put = m_target.add(kColumns.join(u',').toUtf8() + "\r\n"); !put)
                return put.error();
        }
        domain::PageRequest request{filter, {}, {}, 0, kPage};
        for (bool isLast = false; !isLast;) {
            if (m_stop.isAsked())
                return base::fail(base::ErrorKind::Cancelled,
                                  base::Sentence::tr("Stopped. No file was written."));
            const auto page = await(m_jobs.page(request));
            if (!page)
                return page.error();
            isLast = page->isLast;
            if (!page->keys.isEmpty())
                request.after = page->keys.back();
            if (const base::Status put = add(*page); !put)
                return put.error();
            m_console.progress(u"%L1 jobs"_s.arg(m_written));
        }
        m_console.endProgress();
        if (const base::Status done = m_target.finish(); !done)
            return done.error();
        return m_written;
    }

private:
    base::Status add(const domain::JobPage& page)
    {
        domain::JobIds ids;
        for (const domain::Job& job : page.jobs)
            ids += job.id;
        const auto contents = await(m_jobs.contents(ids));
        if (!contents)
            return contents.error();
        QByteArray lines;
        for (const domain::JobId& id : std::as_const(ids)) {
            const auto content = contents->constFind(id);
            if (content == contents->constEnd())
                continue; // deleted since the page was read
            lines += m_isCsv ? csvLine(*content)
                             : withPayload(jobJson(content->job), content->payload) + '\n';
            ++m_written;
        }
        return m_target.add(lines);
    }

    Console& m_console;
    service::JobService& m_jobs;
    const bool m_isCsv;
    Target m_target;
    app::EndSignals m_stop;
    qint64 m_written = 0;
};
} // namespace

Done run(Context& context, const Export& command)
{
    const auto filter = parseFilter(command.where);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    Export complete = command;
    if (complete.format.isEmpty())
        complete.format = command.out.endsWith(".jsonl"_L1) ? u"jsonl"_s : u"csv"_s;
    const auto written = Exporting(context, (*session)->jobs(), complete).run(*filter);
    if (!written) {
        Failure failure(written.error());
        if (failure.error.kind == base::ErrorKind::Cancelled)
            failure.code = kWorkFailed;
        return tl::unexpected(failure);
    }
    if (command.out.isEmpty())
        return kDone;
    if (context.console.isJson())
        context.console.json({{u"jobs"_s, *written}, {u"path"_s, command.out}});
    else
        context.console.line(*written == 1 ? u"1 job in %1"_s.arg(command.out)
                                           : u"%L1 jobs in %2"_s.arg(*written).arg(command.out));
    return kDone;
}

} // namespace queuedeck::ctl
