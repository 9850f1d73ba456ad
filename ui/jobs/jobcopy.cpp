// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobcopy.h"

#include "core/async/deliver.h"
#include "core/service/exportservice.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/widgets/format.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// A text for a shell that takes nothing in it for anything else.
QString shellWord(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}
} // namespace

JobCopy::JobCopy(service::Session& session, ActionSet& actions, Selected selected,
                 Endpoint endpoint, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_selected(std::move(selected))
{
    connect(actions.action(ActionId::CopyJson), &QAction::triggered, this,
            [this] { copyContents(true); });
    connect(actions.action(ActionId::CopyCsv), &QAction::triggered, this,
            [this] { copyContents(false); });
    connect(actions.action(ActionId::CopySql), &QAction::triggered, this, &JobCopy::copySql);
    connect(actions.action(ActionId::CopyCurl), &QAction::triggered, this,
            [this, endpoint = std::move(endpoint)] {
                QGuiApplication::clipboard()->setText(asCurl(endpoint()));
                Q_EMIT copied(tr("Copied as curl. The key comes from JOB_PROCESSOR_API_KEY."));
            });
}

domain::JobIds JobCopy::selectedIds() const
{
    domain::JobIds ids;
    for (const domain::Job& job : m_selected())
        ids += job.id;
    return ids;
}

void JobCopy::copySql()
{
    const domain::JobIds ids = selectedIds();
    async::deliver(m_session.exports().statement(ids), this,
                   [this, jobs = ids.size()](const base::Result<QString>& statement) {
                       if (statement)
                           put(*statement, tr("SQL"), jobs);
                       else
                           Q_EMIT failed(statement.error());
                   });
}

QString JobCopy::asCurl(const QString& endpoint)
{
    const QString address =
        endpoint.isEmpty() ? u"https://app.example/api/jobs/process"_s : endpoint;
    return u"# Runs what is pending, the oldest first; a single job cannot be named.\n"
           "curl --fail-with-body -X POST -H \"x-api-key: $JOB_PROCESSOR_API_KEY\" %1\n"_s.arg(
               shellWord(address + u"?maxJobs=1"_s));
}

void JobCopy::copyContents(bool isJson)
{
    service::ExportService::Request request;
    request.scope.ids = selectedIds();
    request.choice.format = isJson ? domain::ExportFormat::Jsonl : domain::ExportFormat::Csv;
    constexpr qsizetype kMost = 64 * 1024 * 1024; // of a clipboard that others have to hold, too
    const auto text = std::make_shared<QByteArray>();
    request.stream = [text](const QByteArray& bytes) -> base::Status { // on another thread
        if (text->size() + bytes.size() > kMost)
            return base::fail(base::ErrorKind::Invalid,
                              base::Sentence::tr("This is more than a clipboard should hold. "
                                                 "Export the jobs to a file instead."));
        *text += bytes;
        return {};
    };
    async::deliver(m_session.exports().write(request), this,
                   [this, text, isJson](const base::Result<domain::ExportReport>& report) {
                       if (report)
                           put(QString::fromUtf8(*text), isJson ? tr("JSON") : tr("CSV"),
                               report->jobs);
                       else
                           Q_EMIT failed(report.error());
                   });
}

void JobCopy::put(const QString& text, const QString& form, qsizetype jobs)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(base::counted("JobCopy", QT_TRANSLATE_NOOP("JobCopy", "Copied 1 job as"),
                                QT_TRANSLATE_N_NOOP("JobCopy", "Copied %L1 jobs as"), jobs) +
                  u' ' + form);
}

} // namespace queuedeck::ui
