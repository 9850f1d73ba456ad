// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/formrow.h"

#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Kind = domain::FormField::Kind;

FormRow::FormRow(const domain::FormField& field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_title(new Label(field.isRequired
                            ? tr("%1 *", "a field that must be filled in").arg(field.title)
                            : field.title,
                        TextRole::Body, Color::Muted))
    , m_words(new Label({}, TextRole::Small, Color::Muted))
{
    if (field.kind == Kind::Choice || field.kind == Kind::Boolean)
        m_choice = makeChoice();
    else
        m_line = makeLine();
    editor()->setObjectName(u"field:"_s + field.key);
    editor()->setAccessibleName(field.isRequired ? tr("%1, needed").arg(showControls(field.title))
                                                 : showControls(field.title));
    m_title->setBuddy(editor());
    m_title->setWordWrap(true);
    m_words->setObjectName(u"words:"_s + field.key);
    m_words->setWordWrap(true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(px(space::kS));
    grid->setVerticalSpacing(px(2));
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(editor(), 0, 1);
    grid->addWidget(m_words, 1, 1);
    grid->setColumnStretch(1, 1);
    m_words->setText(help());
    m_words->setVisible(!help().isEmpty());
}

QWidget* FormRow::editor() const
{
    return m_line ? static_cast<QWidget*>(m_line) : m_choice;
}

int FormRow::titleWidth() const
{
    return m_title->fontMetrics().horizontalAdvance(m_title->text()) + px(2);
}

void FormRow::setTitleWidth(int width)
{
    m_title->setFixedWidth(width);
}

QLineEdit* FormRow::makeLine()
{
    auto* line = new QLineEdit;
    if (!m_field.defaultValue.isEmpty())
        line->setPlaceholderText(
            tr("%1 if left empty")
                .arg(showControls(domain::shownValue(m_field, m_field.defaultValue))));
    else if (m_field.isDay)
        line->setPlaceholderText(tr("as in 2026-11-16"));
    connect(line, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(domain::valueOfInput(m_field, text)); });
    return line;
}

QComboBox* FormRow::makeChoice()
{
    auto* choice = new QComboBox;
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->addItem(m_field.defaultValue.isEmpty() ? tr("–", "no choice")
                                                   : tr("– (%1)", "no choice, and what that means")
                                                         .arg(showControls(m_field.defaultValue)),
                    QString());
    for (const QString& value : m_field.choices) {
        const QString text =
            m_field.kind == Kind::Boolean ? value == "true"_L1 ? tr("Yes") : tr("No") : value;
        // A text without its quotation marks, as a person reads it.
        const bool isText = value.startsWith(u'"');
        choice->addItem(showControls(isText ? domain::shownValue({}, value) : text), value);
    }
    connect(choice, &QComboBox::currentIndexChanged, this, [this, choice] {
        if (!m_isShowing)
            Q_EMIT edited(choice->currentData().toString());
    });
    return choice;
}

bool FormRow::show(const QString& value)
{
    const QScopedValueRollback showing(m_isShowing, true);
    if (m_line) {
        if (domain::valueOfInput(m_field, m_line->text()) != value)
            m_line->setText(domain::shownValue(m_field, value));
    } else {
        while (m_choice->count() > m_field.choices.size() + 1)
            m_choice->removeItem(m_choice->count() - 1);
        int index = m_choice->findData(value);
        if (index < 0) { // none of those allowed: shown all the same
            m_choice->addItem(showControls(value.left(200)), value);
            index = m_choice->count() - 1;
        }
        m_choice->setCurrentIndex(index);
    }
    const QString wrong = fault(value);
    const QString words = wrong.isEmpty() ? help() : wrong;
    m_words->setText(words);
    m_words->setColor(wrong.isEmpty() ? Color::Muted : Color::Danger);
    m_words->setVisible(!words.isEmpty());
    editor()->setAccessibleDescription(words);
    return wrong.isEmpty();
}

QString FormRow::fault(const QString& value) const
{
    if (value.isEmpty())
        return m_field.isRequired ? tr("Needed.") : QString();
    const QString sentence = domain::faultOf(m_field, value);
    return !sentence.isEmpty() && m_field.isDay ? tr("Not a day, as in 2026-11-16.") : sentence;
}

QString FormRow::help() const
{
    QStringList parts;
    if (!m_field.help.isEmpty())
        parts += m_field.help.left(300);
    const auto number = [](double value) { return QLocale().toString(value, 'g', 12); };
    if (m_field.minimum && m_field.maximum)
        parts += tr("%1 to %2", "numbers").arg(number(*m_field.minimum), number(*m_field.maximum));
    else if (m_field.minimum)
        parts += tr("at least %1").arg(number(*m_field.minimum));
    else if (m_field.maximum)
        parts += tr("at most %1").arg(number(*m_field.maximum));
    if (m_field.maxLength > 0)
        parts += tr("at most %1 characters").arg(m_field.maxLength);
    return parts.join(u", "_s);
}

} // namespace queuedeck::ui
