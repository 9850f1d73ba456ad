// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/retryalldialog.h"

#include "core/async/deliver.h"
#include "core/service/session.h"
#include "ui/dialogs/words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/strip.h"

#include <QGridLayout>
#include <QMap>

namespace queuedeck::ui {
namespace {

QLabel* makeMark(Mark mark)
{
    auto* label = new QLabel;
    label->setPixmap(makeIcon(markIcon(mark), markColor(mark))
                         .pixmap(QSize(px(size::kStatusIcon), px(size::kStatusIcon))));
    return label;
}

void addRow(QGridLayout* grid, Mark mark, const QString& what, qint64 jobs, const QString& then)
{
    const int row = grid->rowCount();
    grid->addWidget(makeMark(mark), row, 0);
    auto* words = new Label(what);
    words->setWordWrap(true);
    grid->addWidget(words, row, 1);
    auto* count = new Label(formatCount(jobs));
    count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(count, row, 2);
    grid->addWidget(new Label(then, TextRole::Body, Color::Muted), row, 3);
}

} // namespace

domain::JobFilter retryable(const domain::JobFilter& filter)
{
    static const QString kRest = QStringLiteral("(status:failed or is:dead)");
    const QString text = filter.text().trimmed();
    const auto narrowed = domain::JobFilter::parse(
        text.isEmpty() ? kRest : QStringLiteral("(%1) %2").arg(text, kRest));
    return narrowed ? *narrowed : filter;
}

RetryAllDialog::RetryAllDialog(service::Session& session, const domain::JobFilter& filter,
                               const domain::MatchCount& matches, QWidget* parent)
    : BulkDialog(Deed::Retry, tr("Retry all that match"), tr("Retry all failed jobs that match?"),
                 parent)
    , m_session(session)
    , m_filter(filter)
    , m_what(new QGridLayout)
    , m_note(new Strip)
{
    setButtons(tr("Don’t Retry"), tr("Counting…"), Icon::Retry, false);
    setDoText(tr("Counting…"), false);
    const QString text = filter.text().trimmed();
    auto* shown =
        new Label(text.isEmpty()
                      ? tr("No filter: %1 jobs in the whole table.").arg(formatCount(matches.count))
                      : text,
                  text.isEmpty() ? TextRole::Small : TextRole::Mono);
    shown->setWordWrap(true);
    body()->addWidget(shown);
    m_what->setHorizontalSpacing(px(space::kS));
    m_what->setVerticalSpacing(px(space::kS));
    m_what->setColumnStretch(1, 1);
    m_what->addWidget(
        new Label(tr("What happens (tried out and rolled back)"), TextRole::Small, Color::Muted), 0,
        0, 1, 2);
    auto* head = new Label(tr("Jobs"), TextRole::Small, Color::Muted);
    head->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_what->addWidget(head, 0, 2);
    m_what->addWidget(new Hairline, 1, 0, 1, 4);
    body()->addLayout(m_what);
    body()->addWidget(m_note);
    body()->addStretch(1);
    freeze();
}

RetryAllDialog::~RetryAllDialog()
{
    m_trial.request_stop();
}

void RetryAllDialog::freeze()
{
    async::deliver(m_session.jobs().freeze(retryable(m_filter)), this,
                   [this](const base::Result<domain::JobIds>& ids) {
                       if (ids) {
                           frozen(*ids);
                       } else {
                           setDoText(tr("Retry Jobs"), false);
                           showError(ids.error());
                       }
                   });
}

void RetryAllDialog::frozen(const domain::JobIds& ids)
{
    const QString text = m_filter.text().trimmed();
    m_selection = {ids, text.isEmpty() ? QStringLiteral("all jobs") : text};
    setWindowTitle(counted(QT_TRANSLATE_N_NOOP("Dialogs", "Retry %L1 jobs"), ids.size()));
    setQuestion(counted(QT_TRANSLATE_N_NOOP("Dialogs", "Retry all %L1 failed jobs that match?"),
                        ids.size()));
    m_note->say(Strip::Kind::Info,
                tr("The set was frozen at %1. Jobs that come later are not included. Batches of "
                   "500; you can stop between two of them. Undo is in the journal.")
                    .arg(formatClock(QDateTime::currentDateTimeUtc())));
    if (ids.isEmpty()) {
        predicted({});
        return;
    }
    service::ChangeOptions options;
    options.dryRun = true;
    options.stop = m_trial.get_token();
    async::deliver(m_session.jobs().change(domain::JobAction::Retry, m_selection, options), this,
                   [this](const base::Result<domain::Outcome>& outcome) {
                       if (outcome) {
                           predicted(*outcome);
                       } else {
                           setDoText(tr("Retry Jobs"), false);
                           showError(outcome.error());
                       }
                   });
}

void RetryAllDialog::predicted(const domain::Outcome& outcome)
{
    m_expected = outcome.changed;
    addRow(m_what, Mark::Failed, tr("failed → pending, tries → 0"), outcome.changed,
           tr("will be re-queued"));
    QMap<QString, qint64> skipped;
    for (const domain::Skipped& row : outcome.skipped)
        ++skipped[row.reason];
    for (auto it = skipped.begin(); it != skipped.end(); ++it)
        addRow(m_what, Mark::Processing, skipReason(it.key()), it.value(), tr("will be skipped"));
    setDoText(counted(QT_TRANSLATE_N_NOOP("Dialogs", "Retry %L1 Jobs"), m_expected),
              m_expected > 0);
    if (m_expected == 0)
        setFoot(tr("No failed job matches. Nothing has been changed."));
}

void RetryAllDialog::proceed()
{
    run(
        [this](const service::ChangeOptions& options) {
            return m_session.jobs().change(domain::JobAction::Retry, m_selection, options);
        },
        m_selection.ids.size());
}

} // namespace queuedeck::ui
