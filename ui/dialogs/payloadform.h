// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/schemaform.h"

#include <QWidget>

class QFormLayout;
class QScrollArea;

namespace queuedeck::ui {

class FormRow;
class Label;

/// The fields of a payload, made from the schema of its type. It shows a JSON text and asks for
/// changes of it, one member at a time; the text itself stays with whoever owns the form, and what
/// has no field is not touched. GUI thread.
class PayloadForm : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadForm(QWidget* parent = nullptr);

    /// Makes new fields; of an empty schema none.
    void setSchema(const QByteArray& schema);
    bool hasFields() const { return !m_rows.isEmpty(); }
    /// Fills in the fields, and says at each what is wrong with it. `text` is a JSON object.
    void showPayload(const QString& text);
    /// There is no valid text: the fields keep what they show and are off.
    void setOff(bool isOff);

    /// The keys of the fields that are wrong, in order.
    const QStringList& faults() const { return m_faults; }
    QWidget* firstField() const;

Q_SIGNALS:
    /// `value` is JSON; empty: the member is to go.
    void edited(const QString& key, const QString& value);

private:
    QVector<FormRow*> m_rows;
    QStringList m_faults;
    QScrollArea* m_scroll;
    Label* m_outside; ///< which values have no field
};

} // namespace queuedeck::ui
