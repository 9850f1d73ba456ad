// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/importservice.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace queuedeck::ui {

class ElidedLabel;
class Label;

/// The head of the import dialog: what the file holds, which file, and how it is read.
class ImportFileBar : public QWidget
{
    Q_OBJECT

public:
    explicit ImportFileBar(QWidget* parent = nullptr);

    domain::ImportTarget target() const;
    /// Puts in what the bar says; the rest of `choice` stays.
    void fill(service::ImportChoice& choice) const;
    void setFile(const QString& path);
    /// What was found out; shown where nothing else was chosen.
    void show(const service::ImportLook& look);
    /// After a trial: how many lines have data, and how numbers are written.
    void show(const service::ImportResult& result);
    using QWidget::show;
    /// Without the words before the choices, for a narrow window.
    void setNarrow(bool isNarrow);
    QPushButton* chooseButton() const { return m_choose; }

Q_SIGNALS:
    void chooseWanted();
    void targetChanged();
    void readingChanged(); ///< the file must be looked at again
    void numbersChanged();

private:
    QComboBox* addBox(const QString& name, const QString& objectName);
    void detected(QComboBox* box, const QString& value, const QString& words);

    QComboBox* m_target;
    ElidedLabel* m_name;
    Label* m_size;
    QPushButton* m_choose;
    QComboBox* m_encoding;
    QComboBox* m_separator;
    QComboBox* m_numbers;
    QCheckBox* m_hasNames;
    Label* m_why;
    QVector<Label*> m_captions;
    qint64 m_bytes = 0;
};

} // namespace queuedeck::ui
