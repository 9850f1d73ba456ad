// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/ruleeditor.h"

#include "ui/alerts/conditionrow.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kShown = 2; // conditions; a third one of a file has its row as well
constexpr int kTitles = 60;
} // namespace

RuleEditor::RuleEditor(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_type(new QComboBox(this))
    , m_words(new Label({}, TextRole::Small, Color::Muted))
{
    m_name->setObjectName(u"ruleName"_s);
    m_name->setAccessibleName(tr("Name of the rule"));
    m_name->setMaxLength(int(alerts::kLongestRuleName));
    m_type->setObjectName(u"ruleType"_s);
    m_type->setAccessibleName(tr("Type of jobs"));
    m_words->setObjectName(u"ruleWords"_s);
    m_words->setWordWrap(true);
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    form->setHorizontalSpacing(px(space::kM));
    form->setVerticalSpacing(px(space::kS));
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto title = [](const QString& text) {
        auto* label = new Label(text, TextRole::Body, Color::Muted);
        label->setMinimumWidth(px(kTitles));
        return label;
    };
    form->addRow(title(tr("Name")), m_name);
    for (int number = 1; number <= int(alerts::kMostConditions); ++number) {
        auto* row = new ConditionRow(number, this);
        m_conditions += row;
        form->addRow(title(number == 1 ? tr("When") : tr("and")), row);
        connect(row, &ConditionRow::edited, this, &RuleEditor::refresh);
    }
    auto* last = new QHBoxLayout;
    last->setSpacing(px(space::kS));
    last->addWidget(m_type);
    last->addWidget(m_words, 1);
    form->addRow(title(tr("Type")), last);
    connect(m_name, &QLineEdit::textEdited, this, &RuleEditor::refresh);
    connect(m_type, &QComboBox::activated, this, &RuleEditor::refresh);
    setTypes({});
}

void RuleEditor::setTypes(const QStringList& types)
{
    const QString chosen = m_type->currentData().toString();
    m_type->clear();
    m_type->addItem(tr("All types"), QString());
    for (const QString& type : types)
        m_type->addItem(showControls(type), type);
    m_type->setCurrentIndex(std::max(0, m_type->findData(chosen)));
}

void RuleEditor::setRule(const alerts::Rule& rule)
{
    m_rule = rule;
    m_name->setText(rule.name);
    m_name->setCursorPosition(0);
    for (int i = 0; i < m_conditions.size(); ++i)
        m_conditions[i]->setCondition(i < rule.when.size() ? std::optional(rule.when[i])
                                                           : std::nullopt);
    if (m_type->findData(rule.type) < 0)
        m_type->addItem(showControls(rule.type), rule.type);
    m_type->setCurrentIndex(m_type->findData(rule.type));
    auto* form = static_cast<QFormLayout*>(layout());
    for (int i = kShown; i < m_conditions.size(); ++i) {
        const bool isNeeded = i < rule.when.size();
        m_conditions[i]->setVisible(isNeeded);
        form->labelForField(m_conditions[i])->setVisible(isNeeded);
    }
    showProblem();
}

alerts::Rule RuleEditor::rule() const
{
    alerts::Rule rule = m_rule;
    rule.name = m_name->text().trimmed();
    rule.type = m_type->currentData().toString();
    rule.when.clear();
    for (const ConditionRow* row : m_conditions) {
        if (const auto condition = row->condition())
            rule.when += *condition;
    }
    return rule;
}

QString RuleEditor::problem() const
{
    for (const ConditionRow* row : m_conditions) {
        if (const QString problem = row->problem(); !problem.isEmpty())
            return problem;
    }
    return alerts::ruleProblem(rule()).translated();
}

void RuleEditor::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

void RuleEditor::refresh()
{
    showProblem();
    Q_EMIT edited();
}

void RuleEditor::showProblem()
{
    const QString wrong = problem();
    m_words->setColor(wrong.isEmpty() ? Color::Muted : Color::Danger);
    m_words->setText(wrong.isEmpty() ? tr("Told once when it starts, once when it is over.")
                                     : wrong);
}

} // namespace queuedeck::ui
