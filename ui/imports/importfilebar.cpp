// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importfilebar.h"

#include "ui/imports/importwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
QString separatorWords(const QString& separator)
{
    if (separator == ","_L1)
        return ImportFileBar::tr(", comma");
    if (separator == ";"_L1)
        return ImportFileBar::tr("; semicolon");
    if (separator == "\t"_L1)
        return ImportFileBar::tr("Tab");
    return separator == "|"_L1 ? ImportFileBar::tr("| bar") : showControls(separator);
}
} // namespace

ImportFileBar::ImportFileBar(QWidget* parent)
    : QWidget(parent)
    , m_target(new QComboBox(this))
    , m_name(new ElidedLabel(tr("No file yet"), TextRole::Strong))
    , m_size(new Label(tr("Choose one, or drop it here."), TextRole::Small, Color::Muted))
    , m_choose(makeButton(tr("Choose…"), this))
    , m_hasNames(new QCheckBox(tr("Line 1 holds names"), this))
    , m_why(new Label({}, TextRole::Small, Color::Muted))
{
    m_target->setObjectName(u"target"_s);
    m_target->setAccessibleName(tr("What the file holds"));
    for (const domain::ImportTarget target : domain::importTargets())
        m_target->addItem(importwords::target(target), int(target));
    m_name->setObjectName(u"fileName"_s);
    m_size->setObjectName(u"fileSize"_s);
    m_choose->setObjectName(u"choose"_s);
    m_choose->setAutoDefault(false);
    m_hasNames->setObjectName(u"hasNames"_s);
    m_hasNames->setChecked(true);
    m_why->setObjectName(u"why"_s);
    m_why->setWordWrap(true);

    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_size);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kM));
    row->addWidget(m_target);
    row->addLayout(names, 1);
    row->addWidget(m_choose);
    auto* how = new QHBoxLayout;
    how->setSpacing(px(space::kS));
    row->addLayout(how);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kXs));
    all->addLayout(row);
    all->addWidget(m_why);
    m_encoding = addBox(tr("Encoding"), u"encoding"_s);
    m_separator = addBox(tr("Separator"), u"separator"_s);
    m_numbers = addBox(tr("Numbers"), u"numbers"_s);
    for (const char* encoding : {"UTF-8", "UTF-16 LE", "UTF-16 BE", "Windows-1252"})
        m_encoding->addItem(QString::fromLatin1(encoding), QString::fromLatin1(encoding));
    for (const QString& separator : {u","_s, u";"_s, u"\t"_s, u"|"_s})
        m_separator->addItem(separatorWords(separator), separator);
    for (const QString& numbers : {u"1.234,56"_s, u"1,234.56"_s})
        m_numbers->addItem(numbers, numbers);
    for (QComboBox* box : {m_encoding, m_separator, m_numbers}) {
        auto* label = new Label(box->accessibleName(), TextRole::Body, Color::Muted);
        label->setBuddy(box);
        setTip(box, box->accessibleName());
        m_captions += label;
        how->addWidget(label);
        how->addWidget(box);
        how->addSpacing(px(space::kXs));
    }
    how->addWidget(m_hasNames);

    connect(m_choose, &QPushButton::clicked, this, &ImportFileBar::chooseWanted);
    connect(m_target, &QComboBox::currentIndexChanged, this, &ImportFileBar::targetChanged);
    for (QComboBox* box : {m_encoding, m_separator})
        connect(box, &QComboBox::activated, this, &ImportFileBar::readingChanged);
    connect(m_numbers, &QComboBox::activated, this, &ImportFileBar::numbersChanged);
    connect(m_hasNames, &QCheckBox::clicked, this, &ImportFileBar::readingChanged);
}

// The first entry leaves it to the program and says what it found.
QComboBox* ImportFileBar::addBox(const QString& name, const QString& objectName)
{
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->addItem(tr("Detect"), QString());
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

void ImportFileBar::setNarrow(bool isNarrow)
{
    for (Label* caption : std::as_const(m_captions))
        caption->setVisible(!isNarrow);
}

domain::ImportTarget ImportFileBar::target() const
{
    return domain::ImportTarget(m_target->currentData().toInt());
}

void ImportFileBar::fill(service::ImportChoice& choice) const
{
    choice.target = target();
    choice.encoding = m_encoding->currentData().toString();
    choice.separator = m_separator->currentData().toString();
    choice.numbers = m_numbers->currentData().toString();
    choice.hasNames = m_hasNames->isChecked();
}

void ImportFileBar::setFile(const QString& path)
{
    m_name->setText(QFileInfo(path).fileName());
    setTip(m_name, path);
    m_size->setText(tr("Reading…"));
    m_why->setText({});
    const QSignalBlocker blocker(m_hasNames);
    m_hasNames->setChecked(true);
    for (QComboBox* box : {m_encoding, m_separator, m_numbers}) {
        box->setItemText(0, tr("Detect"));
        box->setCurrentIndex(0);
    }
}

void ImportFileBar::detected(QComboBox* box, const QString& value, const QString& words)
{
    if (box->currentIndex() == 0 && !value.isEmpty())
        box->setItemText(0, words);
}

void ImportFileBar::show(const service::ImportLook& look)
{
    m_bytes = look.bytes;
    m_size->setText(formatBytes(look.bytes));
    for (QWidget* box : {static_cast<QWidget*>(m_encoding), static_cast<QWidget*>(m_separator),
                         static_cast<QWidget*>(m_numbers)})
        box->setEnabled(look.isText);
    detected(m_encoding, look.encoding, look.encoding);
    detected(m_separator, look.separator, separatorWords(look.separator));
    if (m_hasNames->isChecked())
        m_hasNames->setText(tr("Line %1 holds names").arg(formatCount(look.headerLine)));
    m_why->setText(look.isText
                       ? tr("%1 A change here reads the file again.").arg(look.encodingWhy)
                       : tr("A workbook: the sheet “%1” is read.").arg(showControls(look.sheet)));
}

void ImportFileBar::show(const service::ImportResult& result)
{
    detected(m_numbers, result.numbers, result.numbers);
    m_size->setText(
        tr("%1, %2 lines with data").arg(formatBytes(m_bytes), formatCount(result.rows)));
}

} // namespace queuedeck::ui
