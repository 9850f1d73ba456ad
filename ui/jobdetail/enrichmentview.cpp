// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/enrichmentview.h"

#include "core/async/deliver.h"
#include "core/domain/outcome.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/jobdetail/scanview.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>

namespace queuedeck::ui {
namespace {

using State = domain::Enrichment::State;

QString kindName(domain::EnrichedKind kind)
{
    return kind == domain::EnrichedKind::Product ? EnrichmentView::tr("Product")
                                                 : EnrichmentView::tr("Customer");
}

QString stateText(const domain::Enrichment& found)
{
    switch (found.state) {
    case State::Written: return {};
    case State::Kept:
        return EnrichmentView::tr("Kept in Queuedeck’s own table: the application has no column "
                                  "for it.");
    case State::Unchanged: return EnrichmentView::tr("There was nothing new to write.");
    case State::Overtaken:
        return EnrichmentView::tr("Nothing was written: somebody changed the row meanwhile. "
                                  "Enqueue the job again to enrich what it says now.");
    case State::Undone: return EnrichmentView::tr("This was undone.");
    }
    return {};
}

QString noteFor(const domain::Enrichment& found)
{
    QStringList notes;
    if (const QString state = stateText(found); !state.isEmpty())
        notes += state;
    if (!found.edited.isEmpty()) {
        QStringList names;
        for (const QString& field : found.edited)
            names += fieldName(field);
        notes += EnrichmentView::tr("Left alone, as somebody changed it after an earlier "
                                    "enrichment: %1.")
                     .arg(names.join(QStringLiteral(", ")));
    }
    return notes.join(QLatin1Char(' '));
}

QString valueText(const QJsonObject& fields, const QString& field)
{
    const QString text = domain::enrichmentValueText(fields.value(field));
    return text.isEmpty() ? QStringLiteral("–") : showControls(text);
}

Label* valueLabel(const QString& text, Color color)
{
    auto* label = new Label(text, TextRole::Body, color);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

EnrichmentView::EnrichmentView(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_about(new ElidedLabel({}, TextRole::Body, Color::Muted))
    , m_note(new Label({}, TextRole::Small, Color::Muted))
    , m_table(new QWidget)
    , m_fields(new QGridLayout(m_table))
    , m_undo(makeButton(tr("Undo"), this))
{
    setAccessibleName(tr("Enrichment"));
    m_about->setObjectName(QStringLiteral("enrichmentAbout"));
    m_note->setObjectName(QStringLiteral("enrichmentNote"));
    m_note->setWordWrap(true);
    m_undo->setObjectName(QStringLiteral("undoEnrichment"));
    m_undo->setAccessibleName(tr("Undo the enrichment"));
    m_fields->setContentsMargins(0, 0, 0, 0);
    m_fields->setHorizontalSpacing(px(space::kS));
    m_fields->setVerticalSpacing(px(space::kXs));
    m_fields->setColumnStretch(1, 1);
    m_fields->setColumnStretch(3, 1);
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Enrichment"), TextRole::Strong));
    head->addWidget(m_about, 1);
    head->addWidget(m_undo);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_table);
    all->addWidget(m_note);
    connect(m_undo, &QPushButton::clicked, this, &EnrichmentView::undo);
    clear();
}

void EnrichmentView::clear()
{
    m_job = {};
    m_enrichment.reset();
    clearFields();
    m_about->setText({});
    m_undo->hide();
    say({});
    setUsed(false);
}

void EnrichmentView::setJob(const domain::Job& job)
{
    if (job.id != m_job.id)
        clear();
    const bool isNew = job.id != m_job.id || job.status != m_job.status;
    m_job = job;
    if (job.type != domain::kEnrichmentType)
        setUsed(false);
    else if (job.status == domain::JobStatus::Completed)
        read();
    else if (job.status != domain::JobStatus::Pending)
        setUsed(false);
    else if (isNew) // a keychain is not asked with every refresh
        readKey();
}

void EnrichmentView::read()
{
    async::deliver(
        m_session.jobs().enrichment(m_job.id), this,
        [this, asked = m_job.id](const base::Result<std::optional<domain::Enrichment>>& read) {
            if (asked == m_job.id && read)
                found(*read);
        });
}

// A job that waits for a key says so.
void EnrichmentView::readKey()
{
    async::deliver(m_session.engine().claude(), this,
                   [this, asked = m_job.id](const base::Result<service::ClaudeInfo>& claude) {
                       if (asked != m_job.id)
                           return;
                       const bool isReady = claude && claude->hasKey;
                       if (!claude)
                           say(errorLine(claude.error()));
                       else
                           say(isReady
                                   ? QString()
                                   : tr("The job waits for a key for Claude: ANTHROPIC_API_KEY, "
                                        "or `queuedeckctl key store --claude`. It stays "
                                        "pending, and no try is used up."));
                       setUsed(!isReady);
                   });
}

void EnrichmentView::found(const std::optional<domain::Enrichment>& enrichment)
{
    if (!enrichment) {
        clearFields();
        m_about->setText({});
        m_undo->hide();
        say(tr("Nothing is recorded here: another processor completed this job."));
        setUsed(m_session.info().mode != domain::QueueMode::Guest);
        return;
    }
    if (enrichment == m_enrichment && m_isUsed)
        return;
    m_enrichment = enrichment;
    m_about->setText(tr("%1 %2, %3", "Product, its name, model")
                         .arg(kindName(enrichment->kind), showControls(enrichment->name),
                              showControls(enrichment->model)));
    showFields(*enrichment);
    const bool canUndo = enrichment->state == State::Written || enrichment->state == State::Kept;
    m_undo->setVisible(canUndo && !enrichment->journal.isEmpty());
    const QString off = changesOff(m_session);
    m_undo->setEnabled(off.isEmpty());
    setTip(m_undo, off);
    say(noteFor(*enrichment));
    setUsed(true);
}

void EnrichmentView::clearFields()
{
    while (QLayoutItem* item = m_fields->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_table->hide();
}

void EnrichmentView::showFields(const domain::Enrichment& enrichment)
{
    clearFields();
    int row = 0;
    for (const QString& field : domain::enrichmentFields(enrichment.kind)) {
        if (!enrichment.after.contains(field))
            continue;
        const QString name = fieldName(field);
        const QString before = valueText(enrichment.before, field);
        const QString after = valueText(enrichment.after, field);
        auto* title = new Label(name, TextRole::Small, Color::Muted);
        title->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* arrow = new Label(QStringLiteral("→"), TextRole::Body, Color::Muted);
        arrow->setAlignment(Qt::AlignTop);
        auto* old = valueLabel(before, Color::Muted);
        old->setAccessibleName(tr("%1 before: %2", "field, value").arg(name, before));
        auto* now = valueLabel(after, Color::Text);
        now->setAccessibleName(tr("%1 after: %2", "field, value").arg(name, after));
        m_fields->addWidget(title, row, 0);
        m_fields->addWidget(old, row, 1);
        m_fields->addWidget(arrow, row, 2);
        m_fields->addWidget(now, row, 3);
        ++row;
    }
    m_table->setVisible(row > 0);
}

void EnrichmentView::undo()
{
    if (!m_enrichment)
        return;
    m_undo->setEnabled(false);
    async::deliver(m_session.jobs().undo(m_enrichment->journal), this,
                   [this, asked = m_job.id](const base::Result<domain::Outcome>& outcome) {
                       m_session.changes().poke();
                       if (asked == m_job.id)
                           undone(outcome);
                   });
}

void EnrichmentView::undone(const base::Result<domain::Outcome>& outcome)
{
    m_undo->setEnabled(true);
    if (!outcome)
        say(errorLine(outcome.error()));
    else if (outcome->changed == 0)
        say(tr("It was changed since, so it was left alone."));
    else
        read();
}

void EnrichmentView::say(const QString& words)
{
    m_note->setText(words);
    m_note->setVisible(!words.isEmpty());
}

void EnrichmentView::setUsed(bool isUsed)
{
    if (std::exchange(m_isUsed, isUsed) != isUsed)
        Q_EMIT usedChanged();
}

} // namespace queuedeck::ui
