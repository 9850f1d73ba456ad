// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/surveyview.h"

#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// An icon in a token's colour beside the first line of a finding.
class Sign : public QWidget
{
public:
    Sign(Icon icon, Color color, QWidget* parent)
        : QWidget(parent)
        , m_icon(icon)
        , m_color(color)
    {
        setFixedSize(px(16), px(18));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintIcon(painter, QRectF(0, px(2), px(14), px(14)), m_icon, tokenColor(m_color));
    }

private:
    Icon m_icon;
    Color m_color;
};
} // namespace

SurveyView::SurveyView(QWidget* parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout)
    , m_when(new Label({}, TextRole::Small, Color::Muted, this))
{
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("What is there"), TextRole::Strong, Color::Text, this));
    head->addStretch();
    head->addWidget(m_when);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(px(space::kS));
    column->addLayout(head);
    column->addLayout(m_lines);
    column->addStretch();
    m_lines->setSpacing(px(space::kS));
    clear();
}

void SurveyView::clear()
{
    m_create = nullptr;
    m_firstOther = nullptr;
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    hide();
}

void SurveyView::addLine(Icon icon, Color color, const QString& title, const QString& detail)
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(px(space::kS));
    row->addWidget(new Sign(icon, color, line), 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(new Label(title, TextRole::Strong, Color::Text, line));
    if (!detail.isEmpty()) {
        auto* label = new Label(detail, TextRole::Small, Color::Muted, line);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        texts->addWidget(label);
    }
    row->addLayout(texts, 1);
    m_lines->addWidget(line);
}

void SurveyView::show(const service::Survey& survey, bool wantsTables)
{
    clear();
    m_when->setText(tr("looked at %1, nothing changed").arg(formatClock(survey.surveyedAt)));
    addLine(Icon::Check, Color::Completed, tr("Reached"),
            survey.user.isEmpty() ? survey.server
                                  : tr("%1, in %2 ms, signed in as %3")
                                        .arg(survey.server)
                                        .arg(survey.took.count())
                                        .arg(showControls(survey.user)));
    if (survey.isPooled)
        addLine(Icon::Info, Color::Accent, tr("Through a pooler"),
                tr("Notices do not come through it; Queuedeck looks for changes itself."));
    if (survey.hasJob)
        addLine(
            Icon::Check, Color::Completed, tr("Table Job"),
            survey.hasCompanions && survey.mode == domain::QueueMode::Own ? tr("Made by Queuedeck.")
            : survey.hasCompanions ? tr("Another application's; Queuedeck's own tables are there.")
                                   : tr("Found. Nothing of Queuedeck's was created here."));
    else
        addLine(Icon::Info, Color::Accent, tr("No table Job"),
                tr("Not in this database and schema, as far as this user may see."));
    if (!survey.changesOff.isEmpty())
        addLine(Icon::Warning, Color::Stuck, tr("Viewing only"),
                tr("%1 Viewing works; retry and processing are off.")
                    .arg(survey.changesOff.translated()));
    if (!survey.enqueueOff.isEmpty())
        addLine(Icon::Warning, Color::Stuck, tr("No new jobs from here"),
                survey.enqueueOff.translated());
    for (const QString& note : base::translated(survey.notes))
        addLine(Icon::Info, Color::Accent, tr("Worth knowing"), note);
    if (!survey.others.isEmpty())
        addOthers(survey);
    else if (!survey.hasCompanions)
        addChoice(survey, wantsTables);
    QWidget::show();
}

QRadioButton* SurveyView::makeChoice(const QString& title, const QString& detail)
{
    auto* choice = new QRadioButton(title, this);
    choice->setAccessibleDescription(detail);
    m_lines->addWidget(choice);
    auto* label = new Label(detail, TextRole::Small, Color::Muted, this);
    label->setWordWrap(true);
    label->setContentsMargins(px(space::kXl), 0, 0, 0);
    m_lines->addWidget(label);
    connect(choice, &QRadioButton::toggled, this, &SurveyView::choiceChanged);
    return choice;
}

// Creating tables is not offered: it would make a second, empty queue beside the real one.
void SurveyView::addOthers(const service::Survey& survey)
{
    m_lines->addWidget(
        new Label(tr("What looks like a queue here"), TextRole::Strong, Color::Text, this));
    for (const service::OtherQueue& queue : survey.others) {
        const QString name = showControls(queue.name);
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(px(space::kS));
        auto* label = new ElidedLabel(name, TextRole::Mono, Color::Text, line);
        QPushButton* use = makeButton(tr("Use This Table"), line);
        use->setAccessibleName(tr("Use %1", "a table").arg(name));
        connect(use, &QPushButton::clicked, this, [this, queue] { Q_EMIT otherWanted(queue); });
        row->addWidget(label, 1);
        row->addWidget(use);
        if (!m_firstOther)
            m_firstOther = use;
        m_lines->addWidget(line);
    }
    auto* why = new Label(tr("Queuedeck looks again under that name; nothing is changed. No tables "
                             "are created here: that would make a second, empty queue."),
                          TextRole::Small, Color::Muted, this);
    why->setWordWrap(true);
    m_lines->addWidget(why);
}

void SurveyView::addChoice(const service::Survey& survey, bool wantsTables)
{
    m_lines->addWidget(new Label(tr("How to work with it"), TextRole::Strong, Color::Text, this));
    const int tables = service::companionTables();
    if (survey.mayCreate) {
        m_create =
            survey.hasJob
                ? makeChoice(
                      tr("Beside the web application"),
                      (survey.hasScans
                           ? tr("Creates %1 tables in a schema of its own, queuedeck. No "
                                "table of the application is altered. Gives history, leases "
                                "and undo that survive a restart.")
                           : tr("Creates the table ImageScan, which is missing, and %1 tables "
                                "in a schema of its own, queuedeck. No table is altered. "
                                "Gives history, leases and undo that survive a restart."))
                          .arg(tables))
                : makeChoice(tr("A queue of its own"),
                             tr("Creates the tables Job and ImageScan, and %1 of Queuedeck's own.")
                                 .arg(tables));
    } else {
        addLine(Icon::Lock, Color::Muted, tr("This user may not create tables"),
                tr("The database's owner can run the SQL once."));
    }
    if (survey.hasJob && !survey.isFile) {
        QRadioButton* guest =
            makeChoice(tr("As a guest"),
                       tr("Creates nothing. No history across restarts, no undo, no rescue of lost "
                          "jobs."));
        (wantsTables && m_create ? m_create : guest)->setChecked(true);
    } else if (m_create) {
        m_create->setChecked(true);
    }
    auto* sql = makeButton(tr("Show the SQL…"), this, ButtonRole::Link);
    connect(sql, &QPushButton::clicked, this, &SurveyView::sqlWanted);
    m_lines->addWidget(sql, 0, Qt::AlignLeft);
}

bool SurveyView::wantsTables() const
{
    return m_create && m_create->isChecked();
}

} // namespace queuedeck::ui
