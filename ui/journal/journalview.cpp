// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalview.h"

#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/journal/journalwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JournalEntry;

namespace {
constexpr int kRowsShown = 50;
} // namespace

JournalView::JournalView(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(new Label({}, TextRole::Title, Color::Text, this))
    , m_who(new Label({}, TextRole::Small, Color::Muted, this))
    , m_undo(makeButton(Icon::Undo, {}, this))
    , m_resume(makeButton(Icon::Play, {}, this))
    , m_scope(new Label({}, TextRole::Mono, Color::Text, this))
    , m_counts(new Label({}, TextRole::Body, Color::Text, this))
    , m_rowsTitle(new Label({}, TextRole::Strong, Color::Text, this))
    , m_rows(new LinesTable(tr("Jobs, before and after"),
                            {{tr("Job"), 104, false}, {tr("Before → after"), 0, false}}, this))
    , m_command(new Label({}, TextRole::Mono, Color::Muted, this))
    , m_copy(new CopyButton(tr("Copy command"), this))
{
    m_title->setObjectName(u"entryTitle"_s);
    m_undo->setObjectName(u"undoEntry"_s);
    m_resume->setObjectName(u"resumeEntry"_s);
    m_counts->setObjectName(u"entryCounts"_s);
    m_rows->setObjectName(u"entryRows"_s);
    for (Label* text : {m_who, m_scope, m_counts, m_command})
        text->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kL));
    column->setSpacing(px(space::kS));
    column->addWidget(m_title);
    column->addWidget(m_who);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(px(space::kS));
    buttons->addWidget(m_undo);
    buttons->addWidget(m_resume);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addSpacing(px(space::kXs));
    column->addWidget(m_scope);
    column->addWidget(m_counts);
    column->addSpacing(px(space::kS));
    column->addWidget(m_rowsTitle);
    column->addWidget(m_rows);
    column->addSpacing(px(space::kS));
    auto* command = new QHBoxLayout;
    command->setSpacing(px(space::kS));
    command->addWidget(m_command, 1);
    command->addWidget(m_copy);
    column->addLayout(command);
    column->addStretch(1);
    connect(m_undo, &QPushButton::clicked, this, [this] { Q_EMIT undoWanted(*m_entry); });
    connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT resumeWanted(*m_entry); });
    connect(m_copy, &CopyButton::copied, this, &JournalView::copied);
}

void JournalView::setChangesOff(const QString& why)
{
    m_changesOff = why;
    if (m_entry)
        showButtons();
}

void JournalView::setEntry(const std::optional<JournalEntry>& entry)
{
    const bool isAnother = !entry || !m_entry || entry->id != m_entry->id;
    const bool hasMoved = isAnother || entry->changed != m_entry->changed;
    m_entry = entry;
    if (!entry)
        return;
    m_title->setText(
        u"%1, %2"_s.arg(journalwords::action(entry->action), journalwords::state(*entry)));
    m_who->setText(tr("%1 UTC, by %2@%3")
                       .arg(entry->at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s),
                            showControls(entry->actor), showControls(entry->host)));
    setTip(m_who, formatBothTimes(entry->at));
    m_scope->setText(showControls(entry->scope));
    QStringList counts{tr("%1 changed.").arg(formatCount(entry->changed))};
    if (entry->state != JournalEntry::State::Ended)
        counts += tr("%1 of %2 done.").arg(formatCount(entry->done), formatCount(entry->total));
    if (!entry->skipped.isEmpty())
        counts += tr("Left alone: %1.").arg(journalwords::skipped(*entry));
    if (entry->undoneAt.isValid())
        counts += tr("Taken back %1.").arg(formatBothTimes(entry->undoneAt));
    m_counts->setText(counts.join(u' '));
    const QString verb = entry->canResume() ? u"resume"_s
                         : entry->isUndo()  ? u"redo"_s
                         : entry->canUndo   ? u"undo"_s
                                            : u"journal"_s;
    m_command->setText(u"queuedeckctl %1 %2"_s.arg(verb, entry->id.value));
    m_copy->setText(m_command->text());
    showButtons();
    if (isAnother) {
        m_rowsTitle->setText(tr("Jobs, before → after"));
        m_rows->setLines({});
    }
    if (!hasMoved)
        return;
    async::deliver(m_session.jobs().journalRows(entry->id, {}, kRowsShown), this,
                   [this, id = entry->id](const base::Result<QVector<domain::JournalRow>>& rows) {
                       if (rows && m_entry && m_entry->id == id)
                           showRows(*rows);
                   });
}

void JournalView::showButtons()
{
    m_undo->setText(journalwords::undoButton(*m_entry));
    m_undo->setVisible(m_entry->canUndo);
    m_resume->setText(journalwords::resumeButton(*m_entry));
    m_resume->setVisible(m_entry->canResume());
    for (QPushButton* button : {m_undo, m_resume}) {
        button->setEnabled(m_changesOff.isEmpty());
        setTip(button, m_changesOff);
    }
}

void JournalView::showRows(const QVector<domain::JournalRow>& rows)
{
    m_rowsTitle->setText(rows.size() < m_entry->changed
                             ? tr("Jobs, before → after: %1 of %2")
                                   .arg(formatCount(rows.size()), formatCount(m_entry->changed))
                             : tr("Jobs, before → after"));
    QVector<Line> lines;
    for (const domain::JournalRow& row : rows) {
        const QString change = journalwords::change(row);
        lines += Line{{shortId(row.job.value), {}, false, false, true, row.job.value},
                      {change, {}, false, false, false, change}};
    }
    m_rows->setLines(lines);
    m_rows->setVisible(!lines.isEmpty());
    m_rowsTitle->setVisible(!lines.isEmpty());
}

} // namespace queuedeck::ui
