// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/findingview.h"

#include "ui/diagnostics/findingwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>

namespace queuedeck::ui {

using domain::Finding;
using domain::Remedy;

namespace {
constexpr int kMostStatementLines = 8;

Label* makeText(const QString& text, TextRole role, QWidget* parent, Color color = Color::Text)
{
    auto* label = new Label(text, role, color, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

class IconLabel : public QWidget
{
public:
    IconLabel(Icon icon, Color color, QWidget* parent)
        : QWidget(parent)
        , m_icon(icon)
        , m_color(color)
    {
        setFixedSize(px(size::kIcon), px(size::kIcon));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_icon, tokenColor(m_color));
    }

private:
    const Icon m_icon;
    const Color m_color;
};

bool changesJobs(Remedy::Action action)
{
    return action == Remedy::Action::Retry || action == Remedy::Action::Repair ||
           action == Remedy::Action::StartEngine;
}
} // namespace

FindingView::FindingView(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(px(space::kXl), px(space::kM), px(space::kXl), px(space::kXl));
    m_column->setSpacing(px(space::kM));
}

void FindingView::clear()
{
    while (QLayoutItem* const item = m_column->takeAt(0)) {
        if (QWidget* const widget = item->widget()) {
            widget->setParent(nullptr); // it may be the one that was clicked
            widget->deleteLater();
        }
        delete item;
    }
}

void FindingView::addHead(int icon, int color, const QString& word, const QString& title,
                          const QString& text)
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins({});
    row->setSpacing(px(space::kS));
    row->addWidget(new IconLabel(static_cast<Icon>(icon), static_cast<Color>(color), line));
    row->addWidget(new Label(word, TextRole::Body, static_cast<Color>(color), line));
    row->addStretch(1);
    m_column->addWidget(line);
    Label* const heading = makeText(title, TextRole::Finding, this);
    heading->setObjectName(QStringLiteral("findingTitle"));
    m_column->addWidget(heading);
    if (!text.isEmpty())
        m_column->addWidget(makeText(text, TextRole::Body, this));
}

void FindingView::showFinding(const Finding& finding, bool isFirst, bool isReadOnly)
{
    clear();
    const Look look = lookOf(finding.severity, isFirst);
    addHead(int(look.icon), int(look.color), look.word, finding.evidence.translated(),
            finding.cause.translated());
    addFacts(finding);
    addRemedies(finding, isReadOnly);
    addStatement(finding);
    m_column->addStretch(1);
}

void FindingView::showCheck(const domain::CheckOutcome& check)
{
    clear();
    const Look look = lookOf(check.state);
    addHead(int(look.icon), int(look.color), look.word, check.name.translated(),
            check.note.translated());
    m_column->addStretch(1);
}

void FindingView::addFacts(const Finding& finding)
{
    if (finding.facts.isEmpty())
        return;
    m_column->addWidget(new Label(tr("Evidence"), TextRole::Strong, Color::Text, this));
    auto* table = new LinesTable(
        tr("Evidence"),
        {{tr("What"), 190, false}, {tr("Found"), 0, false}, {tr("Source"), 150, false}}, this);
    QVector<Line> lines;
    for (const domain::Fact& fact : finding.facts) {
        const QString found = fact.found.translated();
        LineCell cell;
        cell.text = found.simplified();
        cell.tip = found;
        LineCell what;
        what.text = fact.what.translated();
        what.isMuted = true;
        what.tip = what.text;
        LineCell source;
        source.text = fact.source.translated();
        source.isMuted = true;
        source.tip = source.text;
        lines.push_back({what, cell, source});
    }
    table->setLines(lines);
    m_column->addWidget(table);
}

void FindingView::addRemedies(const Finding& finding, bool isReadOnly)
{
    if (finding.remedies.isEmpty())
        return;
    m_column->addWidget(new Label(tr("Remedy"), TextRole::Strong, Color::Text, this));
    auto* box = new QWidget(this);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Remedy& remedy : finding.remedies) {
        grid->addWidget(new Label(QString::number(row + 1), TextRole::Strong, Color::Text, box),
                        row, 0);
        grid->addWidget(makeText(remedy.text.translated(), TextRole::Body, box), row, 1);
        const bool isEmpty =
            (remedy.action == Remedy::Action::ShowJobs && finding.filter.isEmpty()) ||
            (remedy.action == Remedy::Action::CopyStatement && finding.statement.isEmpty());
        if (remedy.action != Remedy::Action::None && !isEmpty) {
            QPushButton* const button =
                makeButton(buttonIcon(remedy.action), buttonText(remedy.action), box);
            button->setObjectName(domain::actionWord(remedy.action));
            button->setAccessibleDescription(shown(remedy.text.translated()));
            if (isReadOnly && changesJobs(remedy.action)) {
                button->setEnabled(false);
                setTip(button, tr("This connection is read-only."));
            }
            connect(button, &QPushButton::clicked, this,
                    [this, action = remedy.action, finding] { Q_EMIT wanted(action, finding); });
            grid->addWidget(button, row, 2);
        }
        ++row;
    }
    m_column->addWidget(box);
}

void FindingView::addStatement(const Finding& finding)
{
    if (finding.statement.isEmpty())
        return;
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->addWidget(new Label(tr("Statement"), TextRole::Strong, Color::Text, head));
    row->addWidget(new Label(tr("for the owner of the database; Queuedeck never runs it"),
                             TextRole::Small, Color::Muted, head));
    row->addStretch(1);
    m_column->addWidget(head);
    auto* text = new QPlainTextEdit(this);
    text->setReadOnly(true);
    text->setFont(textFont(TextRole::Mono));
    text->setAccessibleName(tr("Statement"));
    text->setTabChangesFocus(true);
    text->setPlainText(finding.statement);
    text->document()->setDocumentMargin(px(space::kS));
    const auto lines = qMin(int(finding.statement.count(u'\n')) + 2, kMostStatementLines);
    text->setFixedHeight(text->fontMetrics().lineSpacing() * lines + 2 * px(space::kM));
    m_column->addWidget(text);
}

} // namespace queuedeck::ui
