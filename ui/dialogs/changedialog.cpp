// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/changedialog.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "ui/dialogs/jobactions.h"
#include "ui/dialogs/jobwords.h"
#include "ui/dialogs/retryoptions.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JobAction;

namespace {

constexpr int kNewerLimit = 200;

/// The part of a filter that the action applies to. Freezing only that keeps millions of completed
/// jobs out of memory; the number of jobs left as they are is shown beside it.
domain::JobFilter narrowed(JobAction action, const domain::JobFilter& filter)
{
    const QString able = domain::allowedFilter(action);
    const auto both = domain::JobFilter::parse(
        filter.matchesAll() ? able : u"%1 (%2)"_s.arg(able, filter.text()));
    return both ? *both : filter;
}

} // namespace

ChangeDialog::ChangeDialog(service::JobService& jobs, service::ChangeFeed& changes,
                           const ChangeQuestion& question, QWidget* parent)
    : BulkDialog(parent)
    , m_jobs(jobs)
    , m_question(question)
    , m_heading(new Label({}, TextRole::Title))
    , m_lines(new LinesTable(
          tr("What happens"),
          {{tr("What happens"), 0, false}, {tr("Jobs"), 84, true}, {QString(), 132, false}}))
    , m_note(new Strip(this))
{
    setObjectName(u"changeDialog"_s);
    const auto known = m_question.filter ? m_question.matches.count : m_question.jobs.size();
    setWindowTitle(jobwords::title(m_question.action, known));
    m_heading->setText(m_question.filter ? jobwords::questionAll(m_question.action, known)
                                         : jobwords::question(m_question.action, known));
    m_heading->setObjectName(u"heading"_s);
    m_note->setObjectName(u"note"_s);
    content()->addWidget(m_heading);
    QString words;
    if (m_question.filter) {
        auto* filter =
            new ElidedLabel(!m_question.scope.isEmpty()       ? showControls(m_question.scope)
                            : m_question.filter->matchesAll() ? tr("No filter: every job")
                                                              : m_question.filter->text(),
                            TextRole::Mono);
        content()->addWidget(filter);
    } else {
        words = tr("%1.", "the jobs by status").arg(jobwords::byStatus(m_question.jobs));
    }
    const QString consequence = jobwords::consequence(m_question.action, hasUndo());
    if (!consequence.isEmpty())
        words += (words.isEmpty() ? QString() : u" "_s) + consequence;
    if (!words.isEmpty()) {
        auto* label = new Label(words);
        label->setWordWrap(true);
        content()->addWidget(label);
    }
    content()->addWidget(m_lines);
    if (m_question.action == JobAction::Retry)
        addRetryOptions();
    content()->addWidget(m_note);
    content()->addStretch(1);
    setButtons(jobwords::safeButton(m_question.action), m_question.action == JobAction::Delete);
    setMinimumWidth(px(600));
    if (!m_question.filter && m_question.jobs.size() <= JobActions::kAtOnce &&
        m_question.action != JobAction::Delete && m_question.action != JobAction::Repair)
        waiveName();

    if (m_question.filter) {
        m_frozenFilter = narrowed(m_question.action, *m_question.filter);
        if (!m_question.freeze)
            connect(&changes, &service::ChangeFeed::changed, this, &ChangeDialog::countNewer);
        freeze();
        return;
    }
    domain::JobIds ids;
    for (const domain::Job& job : m_question.jobs)
        ids += job.id;
    m_selection = {ids, jobwords::journalScope(ids.size())};
    m_frozenAt = QDateTime::currentDateTimeUtc();
    predict();
}

void ChangeDialog::addRetryOptions()
{
    m_options = new RetryOptions(this);
    content()->addWidget(m_options);
    connect(m_options, &RetryOptions::triesChanged, this, [this] {
        m_question.action =
            m_options->keepsTries() ? JobAction::RetryKeepingTries : JobAction::Retry;
        if (m_isPredicted)
            predict();
    });
}

void ChangeDialog::freeze()
{
    const auto frozen = m_question.freeze ? m_question.freeze(stopToken())
                                          : m_jobs.freeze(m_frozenFilter, stopToken());
    async::deliver(frozen, this, [this](const base::Result<domain::FrozenJobs>& jobs) {
        if (!jobs) {
            showError(jobs.error());
            return;
        }
        m_frozenAt = QDateTime::currentDateTimeUtc();
        m_selection.jobs = *jobs;
        m_selection.scope = !m_question.scope.isEmpty() ? m_question.scope
                            : m_question.filter->matchesAll()
                                ? u"all jobs "_s + domain::allowedFilter(m_question.action)
                                : m_question.filter->text();
        setWindowTitle(jobwords::title(m_question.action, jobs->count()));
        m_heading->setText(jobwords::questionAll(m_question.action, jobs->count()));
        predict();
    });
}

void ChangeDialog::predict()
{
    showNote();
    async::deliver(
        m_jobs.predict(m_question.action, m_selection), this,
        [this, action = m_question.action](const base::Result<service::Prediction>& prediction) {
            if (action != m_question.action)
                return; // another answer follows
            if (prediction)
                showPrediction(*prediction);
            else
                showError(prediction.error());
        });
}

qint64 ChangeDialog::leftAlone() const
{
    if (!m_question.filter || !m_question.matches.isExact)
        return 0;
    return qMax<qint64>(0, m_question.matches.count - m_selection.jobs.count());
}

QVector<Line> ChangeDialog::changesByState(const domain::FrozenJobs& jobs) const
{
    constexpr qsizetype kMostLines = 4;
    const JobAction action = m_question.action;
    const QString effect = jobwords::effect(action);
    QVector<Line> lines;
    qint64 others = 0;
    for (const domain::FrozenJobs::InState& some : jobs.byState()) {
        domain::Job job;
        if (some.state) {
            job.status = some.state->status;
            job.attempts = some.state->attempts;
        }
        if (!some.state || !some.state->isThere || domain::refusal(action, job))
            continue;
        if (lines.size() == kMostLines)
            others += some.count;
        else
            lines += Line{{jobwords::changeOf(action, job), markOf(job)},
                          {formatCount(some.count)},
                          {effect, {}, true}};
    }
    if (others > 0)
        lines += Line{{jobwords::change(action), jobwords::before(action)},
                      {formatCount(others)},
                      {effect, {}, true}};
    return lines;
}

void ChangeDialog::showPrediction(const service::Prediction& prediction)
{
    const JobAction action = m_question.action;
    const domain::Outcome& outcome = prediction.outcome;
    QVector<Line> lines;
    if (m_options)
        lines = changesByState(prediction.jobs);
    if (lines.isEmpty())
        lines += Line{{jobwords::change(action), jobwords::before(action)},
                      {formatCount(outcome.changed)},
                      {jobwords::effect(action), {}, true}};
    for (const SkippedFor& some : skippedByReason(outcome)) {
        const QString reason = showControls(some.reason);
        lines += Line{{reason, {}, false, false, false, reason},
                      {formatCount(some.ids.size())},
                      {tr("will be skipped"), {}, true}};
    }
    if (leftAlone() > 0)
        lines += Line{{jobwords::rest(action)},
                      {formatCount(leftAlone())},
                      {tr("stay as they are"), {}, true}};
    if (lines.size() > 1)
        lines +=
            Line{{tr("Total"), {}, false, true},
                 {formatCount(outcome.matched + leftAlone()), {}, false, true},
                 {tr("%1 change", "how many jobs").arg(formatCount(outcome.changed)), {}, true}};
    m_lines->setLines(lines);
    if (m_options)
        m_options->setJobs(outcome.changed);
    showLost(outcome.changed > 0 ? outcome.lost : base::Sentences());
    m_isPredicted = true;
    setGo(jobwords::goButton(action, outcome.changed), outcome.changed > 0);
    adjustSize();
}

void ChangeDialog::showNote()
{
    QStringList sentences;
    if (m_question.filter)
        sentences += tr("The set was frozen at %1.").arg(formatClock(m_frozenAt));
    if (m_newer > 0)
        sentences += jobwords::newerLeftOut(m_newer, m_newer < kNewerLimit);
    sentences += jobwords::batches(m_selection.jobs.count(), hasUndo());
    m_note->say(Strip::Kind::Info, sentences.join(u' '));
}

void ChangeDialog::countNewer()
{
    if (m_isCountingNewer || isRunning() || !m_frozenAt.isValid())
        return;
    m_isCountingNewer = true;
    async::deliver(m_jobs.others(m_frozenFilter, m_selection.jobs, kNewerLimit), this,
                   [this](const base::Result<qint64>& newer) {
                       m_isCountingNewer = false;
                       if (!newer || isRunning())
                           return;
                       m_newer = *newer;
                       showNote();
                   });
}

void ChangeDialog::go()
{
    if (!m_isPredicted || isRunning())
        return;
    if (m_options)
        m_options->hide(); // what was chosen shows in the progress
    follow(m_jobs.change(m_question.action, m_selection,
                         begin(m_options ? m_options->plan() : domain::ChangePlan())));
}

} // namespace queuedeck::ui
