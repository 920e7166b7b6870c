import {registry} from "@web/core/registry";
import {
    ReferenceField,
    referenceField,
} from "@web/views/fields/reference/reference_field";

/** A real document to show a template for: only those that the template is for. */
export class SampleField extends ReferenceField {
    /** @returns {Object} model -> domain of the documents that fit */
    get domains() {
        return this.props.record.data.mailroom_sample_domains || {};
    }

    get selection() {
        return super.selection.filter(([model]) => model in this.domains);
    }

    /** Nobody is asked what kind of document it is when there is but one. */
    get hideModelSelector() {
        return Object.keys(this.domains).length < 2;
    }

    getRelation() {
        const models = Object.keys(this.domains);
        return models.length === 1 ? models[0] : super.getRelation();
    }

    get m2oProps() {
        return {
            ...super.m2oProps,
            domain: () => this.domains[this.getRelation()] || [],
        };
    }
}

export const sampleField = {...referenceField, component: SampleField};

registry.category("fields").add("mailroom_sample", sampleField);
