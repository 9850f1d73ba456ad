// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/jobchooser.h"

#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/mark.h"

#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kNewest = 50;

domain::PageRequest newestOf(const QString& type)
{
    domain::PageRequest request;
    request.limit = kNewest;
    if (type.isEmpty())
        return request;
    QString quoted = type;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    if (const auto filter = domain::JobFilter::parse(u"type:\"%1\""_s.arg(quoted)))
        request.filter = *filter;
    return request;
}
} // namespace

JobChooser::JobChooser(service::JobService& jobs, const QString& type, QWidget* parent)
    : Dialog(u"jobChooser"_s, tr("Fill from a Job"), parent)
    , m_jobs(jobs)
    , m_id(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_words(new Label({}, TextRole::Small, Color::Muted))
    , m_go(makeButton(tr("Fill from This Job"), this, ButtonRole::Primary))
{
    m_id->setObjectName(u"id"_s);
    m_id->setAccessibleName(tr("Id of a job"));
    m_id->setPlaceholderText(tr("Id of a job"));
    m_list->setObjectName(u"newest"_s);
    m_list->setAccessibleName(tr("The newest jobs"));
    m_words->setObjectName(u"words"_s);
    m_words->setWordWrap(true);
    m_go->setObjectName(u"go"_s);
    QPushButton* safe = makeButton(tr("Don’t Fill"), this);
    safe->setObjectName(u"safe"_s);
    content()->addWidget(new Label(tr("Whose payload?"), TextRole::Title));
    content()->addWidget(m_id);
    content()->addWidget(m_list, 1);
    content()->addWidget(m_words);
    addToFoot(safe);
    addToFoot(m_go);
    resize(px(480), px(360));
    connect(m_id, &QLineEdit::textChanged, this, [this] {
        m_list->setCurrentRow(-1);
        refresh();
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &JobChooser::refresh);
    connect(m_list, &QListWidget::itemActivated, this, &JobChooser::choose);
    connect(safe, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &JobChooser::choose);
    m_go->setDefault(true);
    list(type);
    refresh();
    m_id->setFocus();
}

void JobChooser::list(const QString& type)
{
    say(tr("Looking for the newest jobs…"), false);
    async::deliver(
        m_jobs.page(newestOf(type)), this, [this](const base::Result<domain::JobPage>& page) {
            if (!page) {
                say(errorLine(page.error()), true);
                return;
            }
            const QDateTime now = QDateTime::currentDateTimeUtc();
            for (const domain::Job& job : page->jobs) {
                auto* item = new QListWidgetItem(
                    tr("%1 · %2 · %3 · %4", "type, id, status, age")
                        .arg(showControls(job.type), shortId(job.id.value), markWord(markOf(job)),
                             formatAge(job.createdAt, now)),
                    m_list);
                item->setData(Qt::UserRole, job.id.value);
            }
            say(page->jobs.isEmpty() ? tr("No job of this type is in the table.") : QString(),
                false);
        });
}

void JobChooser::refresh()
{
    m_go->setEnabled(m_list->currentItem() || !m_id->text().trimmed().isEmpty());
}

void JobChooser::say(const QString& words, bool isError)
{
    m_words->setText(words);
    m_words->setColor(isError ? Color::Danger : Color::Muted);
    m_words->setVisible(!words.isEmpty());
}

void JobChooser::choose()
{
    const QListWidgetItem* item = m_list->currentItem();
    const domain::JobId id{item ? item->data(Qt::UserRole).toString() : m_id->text().trimmed()};
    if (id.isEmpty())
        return;
    m_go->setEnabled(false);
    async::deliver(m_jobs.job(id), this, [this](const base::Result<domain::JobDetail>& detail) {
        refresh();
        if (!detail) {
            say(errorLine(detail.error()), true);
            return;
        }
        Q_EMIT chosen(*detail);
        accept();
    });
}

} // namespace queuedeck::ui
